#pragma once

#include <cstdint>
#include <memory>

#include "dsgd/engine/engine.hpp"

namespace dsgd::kernels {

/// Engine `cpu-materialized` with chunks of a given size, for tests: the result does not depend on it.
std::unique_ptr<Engine> make_cpu_materialized_engine(unsigned threads, std::uint64_t chunk_bytes);

}  // namespace dsgd::kernels
