/// The plain pipeline, on the device and on the host: all delays of a chunk are written to memory, then
/// reduced.
#pragma once

#include <cstdint>
#include <memory>

#include "dsgd/engine.hpp"

namespace dsgd {

/// Engine `cpu-materialized`: the Thrust code of the pipeline compiled for the host. @param threads  >= 1
std::unique_ptr<Engine> make_cpu_materialized_engine(unsigned threads);

}  // namespace dsgd
