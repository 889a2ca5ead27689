#pragma once

#include <cstdint>

namespace dsgd::kernels {

/// Finds the group of a worker.
/// @param groups  shape [count], ascending in `end`, which is the number of the first worker after a group
/// @return        index in `groups` @pre worker < groups[count - 1].end
template <class Group>
__device__ std::uint32_t group_of(Group const* groups, std::uint32_t count, std::uint32_t worker) {
  std::uint32_t low = 0, high = count - 1;
  while (low < high) {
    std::uint32_t const middle = low + (high - low) / 2;
    if (worker < groups[middle].end)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

}  // namespace dsgd::kernels
