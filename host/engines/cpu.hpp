#pragma once

#include <cstdint>
#include <memory>

#include "dsgd/engine.hpp"

namespace dsgd {

/// Draws that a thread takes at a time: some 100 microseconds of work.
inline constexpr std::uint64_t cpu_block_draws = 1u << 16;

/// Engine `cpu`: scalar, on several threads. Serves the slowest and the fastest worker (rank = workers or 1).
/// @param threads      >= 1
/// @param block_draws  >= 1; changes the speed and never the result
std::unique_ptr<Engine> make_cpu_engine(unsigned threads, std::uint64_t block_draws = cpu_block_draws);

}  // namespace dsgd
