#pragma once

#include <bit>
#include <cstdint>

#include "dsgd/host_device.hpp"

namespace dsgd::kernels {

/// Gives index / length by one multiplication: a division per draw would cost more than the draw.
/// Source: Granlund and Montgomery, "Division by invariant integers using multiplication", PLDI 1994.
class SegmentOf {
 public:
  /// @param length  in [1, 2^31]
  explicit SegmentOf(std::uint32_t length)
      : shift_(32 + static_cast<std::uint32_t>(std::bit_width(length - 1))),
        multiplier_(length == 1 ? std::uint64_t{1} << 32 : ((std::uint64_t{1} << shift_) - 1) / length + 1) {}

  /// @param index  in [0, 2^31)
  DSGD_HD std::uint32_t operator()(std::uint32_t index) const {
    return static_cast<std::uint32_t>(multiplier_ * index >> shift_);
  }

 private:
  std::uint32_t shift_;
  std::uint64_t multiplier_;  ///< 2^shift / length rounded up, at most 2^33
};

}  // namespace dsgd::kernels
