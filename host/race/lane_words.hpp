/// Random words of replications side by side.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dsgd/draw/address.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/philox_plan.hpp"

namespace dsgd {

/// One block of four words per lane, each at the address of jobs on clocks: of a replication, of the worker or
/// the direction with a number, and of the four jobs or updates of a block.
class LaneWords {
 public:
  LaneWords(InstructionSet const& set, Stream stream)
      : set_(&set),
        plan_(plan_philox(stream, 0)),
        stream_(stream.id),
        replications_(race_lanes),
        numbers_(race_lanes),
        blocks_(race_lanes),
        words_(std::size_t{4} * race_lanes) {}

  /// Puts the replications `first`, first + 1, ... into the lanes. Of those from 2^32 on nothing is asked: they
  /// are in lanes that hold none.
  void start(std::uint32_t first) {
    for (std::uint32_t lane = 0; lane < race_lanes; ++lane) replications_[lane] = first + lane;
  }
  void aim(std::uint32_t lane, std::uint32_t replication, std::uint32_t number, std::uint32_t block) {
    replications_[lane] = replication;
    numbers_[lane] = number;
    blocks_[lane] = block;
  }
  void aim_all(std::uint32_t number, std::uint32_t block) {
    std::fill(numbers_.begin(), numbers_.end(), number);
    std::fill(blocks_.begin(), blocks_.end(), block);
  }

  /// @return words[n race_lanes + lane], of number n of a lane's block; valid until the next call
  std::uint32_t const* draw() {
    set_->clocks.draw_jobs(plan_, stream_, blocks_.data(), numbers_.data(), replications_.data(), race_lanes,
                           words_.data());
    return words_.data();
  }

  std::uint32_t replication(std::uint32_t lane) const { return replications_[lane]; }
  std::uint32_t block(std::uint32_t lane) const { return blocks_[lane]; }

 private:
  InstructionSet const* set_;
  PhiloxPlan plan_;
  std::uint32_t stream_;
  std::vector<std::uint32_t> replications_, numbers_, blocks_;  ///< [race_lanes]
  std::vector<std::uint32_t> words_;                            ///< [4][race_lanes]
};

}  // namespace dsgd
