/// Where the order statistic of unequal workers is looked for first
/// (docs/decisions/0011-windows-for-unequal-workers.md).
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace dsgd {

/// Delays of a fleet as keys: those of more interest are larger. The slowest are where ranks are counted from
/// the slow end, the fastest where they are counted from the fast one.
struct KeySide {
  std::uint32_t flip = 0;  ///< 0 at the slow end, all ones at the fast one

  /// @param offset  of the worker's group, excess  of the delay; time units
  std::uint32_t key(double offset, float excess) const {
    return std::bit_cast<std::uint32_t>(static_cast<float>(offset + static_cast<double>(excess))) ^ flip;
  }
};

/// Delays of unequal workers that may be the one of a rank: those beyond a common limit, which nearly always
/// are enough and never many. Laws are monotone, so that each worker's word says whether to look at its delay.
/// Any limit gives the same order statistics: iterations with too few or too many are looked at whole.
struct FleetWindow {
  KeySide side;
  std::uint32_t place = 0;  ///< of the wanted delay in the order of falling keys, from 1
  std::uint32_t limit = 0;  ///< keys in the window are this or more
  /// [group]: words k with (k ^ flip) < words may have a key in the window, all others have none.
  std::vector<std::uint64_t> words;
  std::uint32_t capacity = 0;  ///< few iterations have more; a multiple of 4
  bool everyone = false;       ///< the window would hold most workers: all are looked at
};

}  // namespace dsgd
