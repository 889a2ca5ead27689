/// What is compiled once per instruction set, and the choice among the sets that the processor has.
#pragma once

#include <span>

#include "engines/cpu/loops/laws.hpp"
#include "engines/cpu/loops/race.hpp"
#include "engines/cpu/loops/tables/clocks.hpp"
#include "engines/cpu/loops/tables/sampled.hpp"
#include "engines/cpu/loops/tables/ticks.hpp"
#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd {

/// The inner loops of engine `cpu` for one instruction set. Every set gives the same bits.
struct InstructionSet {
  char const* name;
  WordLoops words;
  TickLoops ticks;
  ClockLoops clocks;
  SampledLoops sampled;
  LawLoops const* laws;
  RaceLoops const* race;
};

extern InstructionSet const portable_set;
#ifdef __x86_64__
extern InstructionSet const avx2_set;
extern InstructionSet const avx512_set;
#endif

/// Instruction sets that this processor can run, slowest first.
std::span<InstructionSet const* const> available_instruction_sets();

/// The fastest set that this processor can run, or the one that the environment variable DSGD_ISA names.
/// @throws Error usage for an unknown name, engine_unavailable for one that this processor cannot run
InstructionSet const& choose_instruction_set();

}  // namespace dsgd
