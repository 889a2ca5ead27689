/// Delays of equal workers in replications side by side.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/law/list.hpp"
#include "dsgd/race/task.hpp"
#include "race/lane_words.hpp"

namespace dsgd {

class LaneDelays {
 public:
  /// A worker in a lane, and four of its jobs: 4 block .. 4 block + 3.
  struct Request {
    std::uint32_t worker, lane, block;
  };

  /// @pre the task's workers are equal, and no steps are replayed; it outlives this
  LaneDelays(RaceTask const& task, InstructionSet const& set);

  /// @param first  number of the replication in lane 0
  void start(std::uint32_t first);

  /// Words of the block of four jobs to which a worker's job belongs.
  /// @return words[n race_lanes + lane], of job n of the block; valid until the next call
  std::uint32_t const* words_of(std::uint32_t worker, std::uint64_t job);

  /// Excesses of a word per lane. @param job  to whose block they belong, of whichever workers
  float const* excesses_of_words(std::uint32_t const* words, std::uint64_t job);

  /// Excesses of the block of four jobs to which a worker's job belongs, in the order of words_of().
  float const* excesses_of(std::uint32_t worker, std::uint64_t job);

  /// Excesses of other blocks in each lane. @return excesses[n race_lanes + r], of job n of requests[r]
  /// @pre 1 <= requests.size() <= race_lanes
  float const* excesses_of(std::span<Request const> requests);

  /// How long a job takes, time units.
  double time_of(float excess) const { return task_->scale * (origin_ + static_cast<double>(excess)); }

 private:
  void find(std::uint32_t const* words, std::uint32_t count);

  RaceTask const* task_;
  InstructionSet const* set_;
  LawSampler law_;
  double origin_;
  std::uint32_t first_ = 0;
  LaneWords jobs_;
  std::vector<std::uint32_t> tails_;  ///< places of the words that need one
  std::vector<float> excesses_;
};

}  // namespace dsgd
