// Cycles that the inner loops of engine `cpu` take, each alone and from memory in the nearest caches, for the
// instruction set that DSGD_ISA names or the fastest: what bounds.md in docs/results/ holds against counts of
// operations. Exits with 77 where cycles cannot be counted.
//
//     DSGD_ISA=avx512 build/tests/speed/cpu_loops_speed
#include <cstdio>

#ifdef __x86_64__
#include <x86intrin.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "dsgd/error.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/loops/tables/sampled.hpp"
#include "engines/cpu/loops/tables/ticks.hpp"
#include "engines/cpu/philox_plan.hpp"
#include "engines/cpu/sums.hpp"

namespace dsgd {
namespace {

constexpr int links = 4096;
constexpr double chain_cycles = 3.0 * links;  // imul r64, r64 on every x86-64 core since 2008

/// Ticks of the time stamp that a chain of dependent multiplications takes: the clock of this very moment.
std::uint64_t timed_chain() {
  std::uint64_t value = 3;
  std::uint64_t const start = __rdtsc();
  for (int i = 0; i < links / 16; ++i)
    for (int j = 0; j < 16; ++j) asm volatile("imulq %0, %0" : "+r"(value));
  return __rdtsc() - start;
}

/// Prints the cycles that body() takes per element: the lowest twentieth of some thousand times, and their
/// median. A time counts where the chains before and after it took the same.
template <class Body>
void measure(char const* what, double elements, Body const& body) {
  std::vector<double> cycles;
  for (int attempt = 0; attempt < 40'000 && cycles.size() < 4000; ++attempt) {
    std::uint64_t const before = timed_chain();
    std::uint64_t const start = __rdtsc();
    body();
    std::uint64_t const ticks = __rdtsc() - start;
    std::uint64_t const after = timed_chain();
    if (static_cast<double>(std::max(before, after)) < 1.03 * static_cast<double>(std::min(before, after)))
      cycles.push_back(2 * chain_cycles * static_cast<double>(ticks) / static_cast<double>(before + after) /
                       elements);
  }
  std::sort(cycles.begin(), cycles.end());
  if (cycles.empty())
    std::printf("%-42s no quiet moment\n", what);
  else
    std::printf("%-42s %6.3f %6.3f\n", what, cycles[cycles.size() / 20], cycles[cycles.size() / 2]);
}

template <class T>
void keep(T const& value) {
  asm volatile("" : : "m"(value) : "memory");
}

void measure_words(InstructionSet const& set) {
  constexpr std::uint32_t blocks = 256, at_once = 1024;
  PhiloxPlan const plan = plan_philox({1, 0}, 0);
  PlannedBlocksBuffer planned(blocks + max_granule);
  set.words.plan_blocks(plan, 0, blocks, planned.blocks());
  Buffer<std::uint32_t> smallest(at_once + max_granule), largest(at_once + max_granule);
  for (std::uint32_t const workers : {20u, 64u, 1024u}) {
    std::uint32_t const iterations = std::min(at_once, 65536 / workers);
    measure(("find_extremes, draw, m = " + std::to_string(workers)).c_str(),
            static_cast<double>(workers * iterations), [&] {
              set.words.find_extremes(plan, {planned.blocks(), workers / 4, 0}, 0, iterations,
                                      smallest.data(), largest.data());
            });
  }
  Buffer<std::uint32_t> words(32 * at_once);
  measure("draw_words, draw", 32.0 * at_once,
          [&] { set.words.draw_words(plan, planned.blocks(), 8, 0, at_once, at_once, words.data()); });
  Buffer<std::uint32_t> to_smallest(2 * at_once), to_largest(2 * at_once);
  measure("extend_by_words, word without a change", at_once, [&] {
    set.words.extend_by_words(words.data(), at_once, smallest.data(), largest.data(), {0, 0},
                              to_smallest.data(), to_largest.data());
  });
}

void measure_delays(InstructionSet const& set) {
  constexpr std::uint32_t count = 4096;
  Buffer<std::uint32_t> any(count), below(count), above(count);
  Buffer<float> excesses(count);
  std::mt19937 random(1);
  for (std::uint32_t i = 0; i < count; ++i) {
    any[i] = static_cast<std::uint32_t>(random());
    below[i] = any[i] >> 2;
    above[i] = 0xc0000000u | any[i] >> 2;
  }
  auto const exponential = [&](char const* what, Buffer<std::uint32_t> const& words) {
    measure(what, count, [&] { set.words.exponential(words.data(), count, 0.5f, 0, excesses.data()); });
  };
  exponential("exponential, word above 3/4", above);
  exponential("exponential, word below 1/4", below);
  exponential("exponential, any word", any);
  Buffer<std::uint32_t> indices(count + max_granule);
  measure("find_tails, word", count, [&] { keep(set.words.find_tails(any.data(), count, indices.data())); });
  measure("sum, delay", count, [&] { keep(set.words.sum(excesses.data(), count, 0x1p25f)); });
  Buffer<std::uint64_t> slowest(64);
  std::fill(slowest.begin(), slowest.end(), 0);
  measure("raise_by_rows, delay of 8 a worker", count,
          [&] { set.ticks.raise_by_rows(excesses.data(), 8, 8, 64, 0x1p25f, slowest.data()); });
}

void measure_sampled(InstructionSet const& set) {
  constexpr std::uint32_t count = sampled_at_once;
  PhiloxPlan const plan = plan_philox({1, 5}, 0);
  Buffer<std::uint64_t> first(count), second(count);
  Buffer<double> hazards(count);
  Buffer<float> excesses(count);
  measure("sampled: draw, both extremes", count,
          [&] { set.sampled.draw_successive(plan, 0, 0, count, first.data(), second.data()); });
  for (std::uint64_t const workers : {std::uint64_t{2}, std::uint64_t{1024}, std::uint64_t{1} << 40}) {
    ExtremeHazards const extremes(workers);
    std::string const m = ", m = " + std::to_string(workers);
    measure(("sampled: smallest" + m).c_str(), count,
            [&] { set.sampled.smallest(extremes, first.data(), count, hazards.data()); });
    measure(("sampled: gap" + m).c_str(), count, [&] {
      std::fill(hazards.begin(), hazards.end(), 1.0);
      set.sampled.add_gap(extremes, second.data(), count, hazards.data());
    });
  }
  measure("sampled: scale, one extreme", count,
          [&] { set.sampled.scale(hazards.data(), 0.5, count, excesses.data()); });
}

}  // namespace
}  // namespace dsgd

int main() try {
  dsgd::InstructionSet const& set = dsgd::choose_instruction_set();
  std::printf("%-42s lowest median\n", (std::string(set.name) + ": cycles per ...").c_str());
  dsgd::measure_words(set);
  dsgd::measure_delays(set);
  dsgd::measure_sampled(set);
} catch (dsgd::Error const& error) {
  std::fprintf(stderr, "dsgd: %s\n", error.what());
  return static_cast<int>(error.code());
}
#else
int main() {
  std::fputs("cpu_loops_speed counts cycles on x86-64 alone\n", stderr);
  return 77;
}
#endif
