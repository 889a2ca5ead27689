#pragma once

#include <cstdint>
#include <memory>

#include "dsgd/engine.hpp"

namespace dsgd::kernels {

/// Per thread: fits the second-level cache, and 64 threads stay within 16 MiB.
inline constexpr std::uint64_t host_chunk_bytes = std::uint64_t{1} << 18;

/// Engine `cpu-materialized` with chunks of a given size, for tests: the result does not depend on it.
std::unique_ptr<Engine> make_cpu_materialized_engine(unsigned threads, std::uint64_t chunk_bytes);

}  // namespace dsgd::kernels
