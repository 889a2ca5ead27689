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
