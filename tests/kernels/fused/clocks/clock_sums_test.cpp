#include "kernels/fused/clocks/clock_sums.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace dsgd::kernels {
namespace {

TEST(StalenessBin, IsTheBinOfTheHistogram) {
  EXPECT_EQ(staleness_bin(0), 0u);
  for (std::uint32_t const staleness : {1u, 2u, 255u, 256u, 511u, 512u, 513u, 514u, 4095u, 4096u, 123'457u,
                                        (1u << 24) + 1, (1u << 30) - 65, (1u << 30) - 1}) {
    EXPECT_EQ(staleness_bin(staleness) + before_first_staleness,
              Histogram::bin_of(static_cast<float>(staleness)))
        << staleness;
    EXPECT_LT(staleness_bin(staleness), staleness_bins);
  }
}

TEST(ClockSums, CarryTheirDigits) {
  ClockSums sums{};
  sums.staleness = 77;
  sums.stalenesses[0] = 5;
  sums.stalenesses[staleness_bin(300)] = std::uint64_t{1} << 40;
  ClockSummary expected;
  expected.replications = 3;
  expected.gradients = 9;
  expected.staleness = 77;
  expected.stalenesses.add_to_bin(Histogram::bin_of(0.0f), 5);
  expected.stalenesses.add_to_bin(Histogram::bin_of(300.0f), std::uint64_t{1} << 40);
  for (uint128 const window : {uint128{0x123456789abcdef0}, uint128{0xfedcba9876543210} << 60 | 0xffffffffff,
                               (uint128{1} << 126) - 1}) {
    WideUnsigned<4> const square = multiply(widen<2>(window), widen<2>(window));
    for (int often = 0; often < 3; ++often) {
      expected.squared_windows += square;
      for (int digit = 0; digit < 8; ++digit)
        sums.squared_windows[digit] += static_cast<std::uint32_t>(square.limb[digit / 2] >> digit % 2 * 32);
    }
  }
  EXPECT_EQ(sums.summary(3, 9), expected);
}

}  // namespace
}  // namespace dsgd::kernels
