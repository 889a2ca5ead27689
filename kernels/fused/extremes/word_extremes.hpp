#pragma once

#include <cstdint>

#include "dsgd/draw/philox.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd::kernels {

/// Smallest and largest word of an iteration, or of some of its workers. The smallest word is the longest
/// delay. Workers may be taken twice.
struct WordExtremes {
  std::uint32_t smallest = ~0u;  ///< ~0 as long as no worker is taken
  std::uint32_t largest = 0;

  DSGD_HD void take(std::uint32_t a, std::uint32_t b) {
    smallest = lesser(lesser(smallest, a), b);  // on sm_90 one instruction takes all three
    largest = greater(greater(largest, a), b);
  }

  DSGD_HD void take(PhiloxBlock const& block) {
    take(block.word[0], block.word[1]);
    take(block.word[2], block.word[3]);
  }

  /// Takes the first `count` words of a block. @pre 1 <= count <= 3
  DSGD_HD void take_first(std::uint32_t count, PhiloxBlock const& block) {
    DSGD_EXPECTS(1 <= count && count <= 3);
    take(block.word[0], count > 1 ? block.word[1] : block.word[0]);
    if (count > 2) take(block.word[2], block.word[2]);
  }

 private:
  DSGD_HD static std::uint32_t lesser(std::uint32_t a, std::uint32_t b) { return b < a ? b : a; }
  DSGD_HD static std::uint32_t greater(std::uint32_t a, std::uint32_t b) { return a < b ? b : a; }
};

}  // namespace dsgd::kernels
