#pragma once

#include <cstdint>

#include "dsgd/host_device.hpp"

namespace dsgd::kernels {

/// The rank-th smallest of some numbers >= 0 by their bits, which are ordered as the numbers are. The range is halved until
/// one is left, in as many passes over the numbers as the bits have digits at most.
/// @param low, high    bits of a number that is not larger than the wanted one, and of one that is not smaller
/// @param rank         1 = smallest
/// @param count_up_to  count_up_to(bits) is how many of the numbers are not larger
template <class Bits, class CountUpTo>
DSGD_HD Bits bits_of_rank(Bits low, Bits high, std::uint64_t rank, CountUpTo const& count_up_to) {
  while (low < high) {
    Bits const middle = low + (high - low) / 2;
    if (count_up_to(middle) >= rank)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

}  // namespace dsgd::kernels
