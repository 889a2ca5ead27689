#include "race/lane_delays.hpp"

#include <algorithm>
#include <cstddef>
#include <variant>

#include "dsgd/expects.hpp"
#include "engines/cpu/delays.hpp"

namespace dsgd {

LaneDelays::LaneDelays(RaceTask const& task, InstructionSet const& set)
    : task_(&task),
      set_(&set),
      law_(task.groups.front().law),
      origin_(task.groups.front().origin),
      jobs_(set, task.jobs),
      tails_(std::size_t{4} * race_lanes + max_granule),
      excesses_(std::size_t{4} * race_lanes + max_granule) {
  DSGD_EXPECTS(task.groups.size() == 1 && !task.point.fleet.replay());
}

void LaneDelays::start(std::uint32_t first) {
  first_ = first;
  jobs_.start(first);
}

std::uint32_t const* LaneDelays::words_of(std::uint32_t worker, std::uint64_t job) {
  jobs_.aim_all(worker, static_cast<std::uint32_t>(job / 4));
  return jobs_.draw();
}

float const* LaneDelays::excesses_of_words(std::uint32_t const* words, std::uint64_t job) {
  jobs_.aim_all(0, static_cast<std::uint32_t>(job / 4));
  find(words, race_lanes);
  return excesses_.data();
}

float const* LaneDelays::excesses_of(std::uint32_t worker, std::uint64_t job) {
  find(words_of(worker, job), 4 * race_lanes);
  return excesses_.data();
}

float const* LaneDelays::excesses_of(std::span<Request const> requests) {
  DSGD_EXPECTS(!requests.empty() && requests.size() <= race_lanes);
  for (std::uint32_t r = 0; r < race_lanes; ++r) {
    Request const& request = requests[std::min<std::size_t>(r, requests.size() - 1)];
    jobs_.aim(r, first_ + request.lane, request.worker, request.block);
  }
  find(jobs_.draw(), 4 * race_lanes);
  return excesses_.data();
}

/// Finds the excess of words[i], which belongs to the block and replication that jobs_ has at i mod race_lanes.
void LaneDelays::find(std::uint32_t const* words, std::uint32_t count) {
  find_excesses(*set_, law_, words, nullptr, count, excesses_.data());
  std::uint32_t const tails = set_->words.find_tails(words, count, tails_.data());
  for (std::uint32_t n = 0; n < tails; ++n) {
    std::uint32_t const i = tails_[n], drawn = i % race_lanes;
    std::uint64_t const iteration =
        job_address(jobs_.replication(drawn), 0, 4 * std::uint64_t{jobs_.block(drawn)}).iteration;
    std::uint32_t const t = tail_word(task_->jobs, iteration, words[i]);
    excesses_[i] = std::visit([&](auto const& law) { return law.excess(words[i], t); }, law_);
  }
}

}  // namespace dsgd
