#pragma once

#include <algorithm>
#include <cstdint>

#include "dsgd/expects.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/philox_plan.hpp"

namespace dsgd {

/// Plans blocks of workers, as many at a time as stay in the first-level cache.
class BlockPlanner {
 public:
  static constexpr std::uint32_t max_blocks = 1024;
  static constexpr std::uint32_t most_workers = 4 * max_blocks;  ///< in so many blocks

  explicit BlockPlanner(InstructionSet const& set) : set_(&set), planned_(max_blocks + max_granule) {}

  /// Plans blocks first .. first + count - 1. The plans of an earlier call are lost. @pre count <= max_blocks
  PlannedBlocks plan(PhiloxPlan const& plan, std::uint32_t first, std::uint32_t count) {
    DSGD_EXPECTS(count <= max_blocks);
    set_->words.plan_blocks(plan, first, count, planned_.blocks());
    return planned_.blocks();
  }

  /// Calls body(blocks, number of the first of them) for one part after the other of the blocks from `first`
  /// on that hold the first `workers` workers.
  template <class Body>
  void for_each_part(PhiloxPlan const& philox, std::uint32_t first, std::uint32_t workers, Body const& body) {
    for (std::uint32_t block = first; block < (workers + 3) / 4; block += max_blocks) {
      std::uint32_t const whole = std::min(workers / 4 - block, max_blocks);
      std::uint32_t const remainder = whole < max_blocks ? workers % 4 : 0;
      body(WorkerBlocks{plan(philox, block, whole + (remainder != 0)), whole, remainder}, block);
    }
  }

 private:
  InstructionSet const* set_;
  PlannedBlocksBuffer planned_;
};

}  // namespace dsgd
