#pragma once

#include <cstdint>
#include <memory>

#include "dsgd/engine/engine.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// Number of draws that a thread takes at a time: some 100 microseconds of work.
inline constexpr std::uint64_t cpu_block_draws = 1u << 18;

/// Engine `cpu`: finds order statistics of words in vector registers and applies the law once per iteration,
/// on several threads.
/// @param threads      >= 1
/// @param set          changes the speed and never the result
/// @param block_draws  >= 1; changes the speed and never the result
std::unique_ptr<Engine> make_cpu_engine(unsigned threads, InstructionSet const& set,
                                        std::uint64_t block_draws = cpu_block_draws);

/// Engine `cpu` with the instruction set that choose_instruction_set() gives.
std::unique_ptr<Engine> make_cpu_engine(unsigned threads);

}  // namespace dsgd
