/// Several devices share the blocks of a run, and one that fails leaves its blocks to the others.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/error.hpp"
#include "kernels/fused/block_computer.hpp"

namespace dsgd::kernels {

class DeviceTeam {
 public:
  struct Member {
    std::string name;             ///< for warnings
    std::function<void()> enter;  ///< called by the thread that will use the device
    /// Slots for blocks in flight: one is computed while another ends.
    std::vector<std::unique_ptr<BlockComputer>> slots;
    bool has_failed = false;
  };

  /// Draws of a block, which takes milliseconds on a device of 2023: long beside a launch, short beside a
  /// slice of the runner.
  static constexpr std::uint64_t block_draws = std::uint64_t{1} << 34;

  static constexpr std::uint64_t granule = 512;  ///< iterations of which a block has a multiple

  /// @param warn  called with one line when a device fails and others go on; by one thread at a time
  DeviceTeam(std::vector<Member> members, std::function<void(std::string const&)> warn,
             std::uint64_t draws_per_block = block_draws);

  /// Adds all work to its summaries, blocks handed out as the members get free. Results do not depend on who
  /// computes what.
  /// @throws Error device when all members have failed; usage for what cannot be served
  void run(std::span<Work const> work);

 private:
  std::vector<Member> members_;
  std::function<void(std::string const&)> warn_;
  std::uint64_t draws_per_block_;
};

}  // namespace dsgd::kernels
