#pragma once

#include <cstdint>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd::kernels {

inline constexpr std::uint64_t max_block_iterations = std::uint64_t{1} << 31;

/// Computes blocks of iterations one after another: a device, or one of the streams that share it.
class BlockComputer {
 public:
  virtual ~BlockComputer() = default;

  /// Begins a block; may return before it is computed.
  /// @pre the block before was finished (DeviceTeam starts blocks in free slots only)
  /// @param batch       has to live until finish()
  /// @param iterations  at most max_block_iterations, of the same upper 32 bits
  /// @throws Error device; usage for an observable that cannot be served
  virtual void start(Batch const& batch, IterationRange iterations) = 0;

  /// Waits for the block. @return one summary per observable
  /// @throws Error device
  virtual std::vector<Summary> finish() = 0;
};

}  // namespace dsgd::kernels
