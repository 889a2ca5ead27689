/// Where a replication that follows clocks starts: which of its workers begins a job, and how much is left of
/// the jobs of the others. See docs/decisions/0004-workers-start-under-way.md.
#pragma once

#include <cstdint>

#include "dsgd/clock/plan.hpp"
#include "dsgd/clock/residual.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd {

/// Picks, among equal workers, the one whose job ends at time 0 and who starts a fresh one.
/// @param word  uniform
DSGD_HD std::uint64_t worker_that_begins(std::uint64_t workers, std::uint32_t word) {
  return std::uint64_t{word} * workers >> 32;
}

/// Workers of a fleet that share a law, where the worker that begins is chosen.
struct GroupRate {
  std::uint64_t end;  ///< number of the first worker after them
  double of_one;      ///< jobs that one of them ends while one of the first group ends one
  double of_all;      ///< jobs that all of them end in that time
};

/// Picks the worker whose job ends at time 0, with a probability proportional to the jobs that it ends per
/// time. Equal groups give the worker that equal workers have.
/// @param groups  shape [count], with workers in each
/// @param rate    sum of `of_all`
/// @param word    uniform
/// @return        its number, from 0
/// @pre count >= 1
DSGD_HD std::uint64_t worker_that_begins(GroupRate const* groups, std::uint32_t count, double rate,
                                         std::uint32_t word) {
  double wanted = rate * (static_cast<double>(word) * 0x1p-32);
  std::uint64_t begin = 0;
  for (std::uint32_t g = 0; g < count; begin = groups[g++].end) {
    if (wanted < groups[g].of_all) {
      std::uint64_t const worker = begin + static_cast<std::uint64_t>(wanted / groups[g].of_one);
      return worker < groups[g].end ? worker : groups[g].end - 1;
    }
    wanted -= groups[g].of_all;
  }
  return begin - 1;  // only rounding leads here
}

/// What is left of the job of a worker that is in the middle of it, in ticks.
/// @param words_of  words_of(n) is block n of the words of the worker's jobs
/// @param delay     function of DelayWords, ticks: the one of which the residual was made
template <class WordsOf, class Delay>
DSGD_HD std::uint64_t rest_of_job(Residual const& residual, WordsOf const& words_of, Delay const& delay) {
  for (std::uint32_t block = start_block;; --block) {
    std::uint64_t const height = residual.height(words_of(block).word, delay);
    if (height != Residual::thrown_away) return height;
  }
}

}  // namespace dsgd
