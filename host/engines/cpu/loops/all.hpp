/// All inner loops, over the operations of any instruction set. One source file per instruction set includes
/// this and is compiled with the options of the set. Everything in this folder is local to that file, so that
/// the linker cannot take a function of one set for that of another.
#pragma once

#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/loops/array_sums.hpp"
#include "engines/cpu/loops/clocks.hpp"
#include "engines/cpu/loops/collect.hpp"
#include "engines/cpu/loops/exponential.hpp"
#include "engines/cpu/loops/extremes.hpp"
#include "engines/cpu/loops/jobs.hpp"
#include "engines/cpu/loops/laws.hpp"
#include "engines/cpu/loops/philox.hpp"
#include "engines/cpu/loops/sampled.hpp"
#include "engines/cpu/loops/select.hpp"
#include "engines/cpu/loops/tails.hpp"
#include "engines/cpu/loops/ticks.hpp"
#include "engines/cpu/loops/words.hpp"

namespace dsgd::simd {
namespace {

template <class Simd>
constexpr WordLoops word_loops() {
  return {Philox<Simd>::lanes,   plan_blocks<Simd>,     find_extremes<Simd>,        extend_extremes<Simd>,
          draw_words<Simd>,      extend_by_words<Simd>, find_changes<Simd>,         draw_and_sort<Simd>,
          sort_by_network<Simd>, collect<Simd>,         draw_tails<Simd>,           find_tails<Simd>,
          find_at_most<Simd>,    exponential<Simd>,     exponential_of_tails<Simd>, sum<Simd>};
}

template <class Simd>
constexpr TickLoops tick_loops() {
  return {convert<Simd>, add<Simd>, raise<Simd>, raise_by_rows<Simd>, sum_ticks<Simd>};
}

template <class Simd, class Keys>
constexpr ClockLoops clock_loops() {
  return {Group<Keys>::all_lanes, advance<Keys>, draw_jobs<Simd>};
}

template <class Simd>
constexpr SampledLoops sampled_loops() {
  return {draw_successive<Simd>, draw_each<Simd>, smallest, add_gap, propose, middle, scale};
}

template <class Simd, class Keys>
constexpr InstructionSet instruction_set(char const* name, LawLoops const& laws, RaceLoops const& race) {
  return {
      name, word_loops<Simd>(), tick_loops<Simd>(), clock_loops<Simd, Keys>(), sampled_loops<Simd>(), &laws,
      &race};
}

}  // namespace
}  // namespace dsgd::simd
