/// Launches in which a kernel has to be right. Include below tests/support/launch.hpp.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "tests/support/launch.hpp"

namespace dsgd::test {

struct Shape {
  unsigned blocks, slices, threads;
  ThreadOrder order;
};

inline std::vector<Shape> const shapes{{1, 1, 32, {}},
                                       {7, 3, 32, {ThreadOrder::descending}},
                                       {2, 40, 96, {ThreadOrder::shuffled, 1}},
                                       {3, 2, 256, {ThreadOrder::shuffled, 2}},
                                       {100, 5, 64, {ThreadOrder::descending}}};

/// "Delays" over 50 octaves: some have more than 2^32 ticks, and the tail word shows.
struct WideLaw {
  float factor;
  float excess(std::uint32_t k, std::uint32_t t) const {
    return factor * std::ldexp(1.0f + std::ldexp(static_cast<float>(t >> 9), -23), static_cast<int>(k % 50));
  }
  float excess_at(double hazard) const { return factor * static_cast<float>(hazard); }
};

}  // namespace dsgd::test
