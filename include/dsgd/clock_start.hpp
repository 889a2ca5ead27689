/// Where a replication that follows clocks starts: which of its workers begins a job, and how much is left of
/// the jobs of the others. See docs/decisions/0004-workers-start-under-way.md.
#pragma once

#include <cstdint>
#include <mutex>
#include <variant>
#include <vector>

#include "dsgd/clock.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/point.hpp"
#include "dsgd/residual.hpp"
#include "dsgd/tick.hpp"

namespace dsgd {

/// A worker's delay, its whole origin included, in ticks.
inline std::uint64_t delay_ticks(WorkerLaw const& own, DelayWords words, int quantum_exponent) {
  float const excess = std::visit([&](auto const& law) { return law.excess(words.k, words.t); }, *own.law);
  return own.origin_ticks + to_ticks(excess, quantum_exponent);
}

/// Of each group of the fleet, or of all workers where they are alike; made when they are first asked for.
/// Safe to call from several threads. @pre observable.residuals is there
inline std::vector<Residual> const& residuals(Observable const& observable) {
  std::call_once(observable.residuals->made, [&] {
    std::vector<Residual>& made = observable.residuals->of_groups;
    std::size_t const groups = observable.groups.empty() ? 1 : observable.groups.size();
    made.reserve(groups);
    for (std::size_t g = 0; g < groups; ++g) {
      std::uint64_t const worker = observable.groups.empty() ? 0 : observable.groups[g].end - 1;
      WorkerLaw const own = law_of(observable, worker);
      made.emplace_back(
          [&](DelayWords words) { return delay_ticks(own, words, observable.quantum_exponent); });
    }
  });
  return observable.residuals->of_groups;
}

/// Of workers that are alike, the one that begins a job. @param word  uniform
DSGD_HD std::uint64_t worker_that_begins(std::uint64_t workers, std::uint32_t word) {
  return std::uint64_t{word} * workers >> 32;
}

/// What is left of the job of a worker that is in the middle of it, in ticks.
/// @param words_of  words_of(n): block n of the words of the worker's jobs
/// @param delay     of DelayWords, ticks: that of which the residual was made
template <class WordsOf, class Delay>
DSGD_HD std::uint64_t rest_of_job(Residual const& residual, WordsOf const& words_of, Delay const& delay) {
  for (std::uint32_t block = start_block;; --block) {
    std::uint64_t const height = residual.height(words_of(block).word, delay);
    if (height != Residual::thrown_away) return height;
  }
}

}  // namespace dsgd
