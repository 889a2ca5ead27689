/// Engines with the plain pipeline, on the device and on the host: all delays of a chunk are written to
/// memory, then reduced.
#pragma once

#include <cstdint>
#include <memory>

#include "dsgd/engine/engine.hpp"

namespace dsgd {

/// Memory of a host thread for delays: it fits the second-level cache, and 64 threads stay within 16 MiB.
inline constexpr std::uint64_t host_chunk_bytes = std::uint64_t{1} << 18;

/// Memory for delays on a device that has twice as much free: at 1 GiB a device works about half a
/// millisecond per slot, against some 50 microseconds of launches and waiting.
inline constexpr std::uint64_t device_chunk_bytes = std::uint64_t{1} << 30;

/// Engine `cpu-materialized`: the Thrust code of the pipeline compiled for the host. @param threads  >= 1
std::unique_ptr<Engine> make_cpu_materialized_engine(unsigned threads);

}  // namespace dsgd
