#include "kernels/sums/tick_sums.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "dsgd/draw/address.hpp"
#include "dsgd/law/exponential.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd::kernels {
namespace {

std::uint32_t random_word(std::uint64_t i) { return draw_word({1, 2}, i, 0); }

Summary summary_of(float excess, int quantum_exponent) {
  Summary summary;
  summary.add(excess, quantum_exponent);
  return summary;
}

TickSums counted(float excess, int quantum_exponent) {
  TickSums sums = no_ticks();
  tick_scale(quantum_exponent).add(sums, excess);
  return sums;
}

TEST(TickSums, OfNothingAreASummaryOfNothing) { EXPECT_EQ(no_ticks().summary(), Summary{}); }

TEST(TickSums, EqualASummaryInAnyOrderOfMerging) {
  auto const law = Exponential{2.0}.sampler();
  for (int quantum_exponent : {-60, -26, 0}) {
    Summary expected;
    TickSums forward = no_ticks(), backward = no_ticks();
    for (std::uint64_t i = 0; i < 2000; ++i) {
      float const excess = law.excess(random_word(i), 0);
      forward.merge(counted(excess, quantum_exponent));
      TickSums one = counted(excess, quantum_exponent);
      one.merge(backward);
      backward = one;
      expected.add(excess, quantum_exponent);
    }
    EXPECT_EQ(forward.summary(), expected) << quantum_exponent;
    EXPECT_EQ(backward.summary(), expected) << quantum_exponent;
  }
}

TEST(TickScale, CountsASingleDelay) {
  for (float const excess : {0.0f, 1e-30f, 0.4f, 0.5f, 1.5f, 2.5f, 3e9f, 5e9f, 1e15f})
    for (int const quantum_exponent : {-140, -4, 0, 3, 127})
      if (excess < std::ldexp(1.0, 63 + quantum_exponent)) {
        EXPECT_EQ(tick_scale(quantum_exponent).ticks(excess), to_ticks(excess, quantum_exponent))
            << excess << ' ' << quantum_exponent;
      }
}

TEST(TickSums, OfADurationOfAnyLength) {
  for (std::uint64_t const tick : {std::uint64_t{0}, std::uint64_t{1}, (std::uint64_t{1} << 32) - 1,
                                   std::uint64_t{1} << 32, ~std::uint64_t{0}}) {
    TickSums sums = no_ticks();
    sums.merge(one_duration(tick, time_of(tick, -20)));
    Summary expected;
    expected.add_ticks(tick, time_of(tick, -20));
    EXPECT_EQ(sums.summary(), expected) << tick;
  }
}

/// Digits may hold up to 2^32 runtimes of the largest digits before the host carries.
TEST(TickSums, CarryOnTheHost) {
  std::uint64_t const most = ~std::uint64_t{0};
  TickSums sums = one_runtime(1.0f, most);
  Summary expected;
  expected.iterations = 1;
  expected.ticks = most;
  expected.squared_ticks += uint128{most} * most;
  expected.minimum = expected.maximum = 1.0f;
  EXPECT_EQ(sums.summary(), expected);
  for (int doubling = 0; doubling < 31; ++doubling) {
    sums.merge(sums);
    expected.merge(expected);
  }
  EXPECT_EQ(sums.iterations, std::uint64_t{1} << 31);
  EXPECT_EQ(sums.summary(), expected);
}

/// Every float of an octave's ends, around every place where the rounding or the path changes.
TEST(TickScale, CountsAsToTicksDoes) {
  std::uint64_t compared = 0;
  for (int quantum_exponent : {-149, -128, -127, -126, -100, -24, -1, 0, 1, 63, 100, 126, 127})
    for (int octave = -30; octave < 64; ++octave)
      for (std::uint64_t i = 0; i < 64; ++i) {
        // significands: the smallest and the largest, ties, and anything
        std::uint32_t const anything = random_word(i) >> 9;
        std::uint32_t const fraction = i < 8    ? static_cast<std::uint32_t>(i)
                                       : i < 16 ? 0x7fffffu - static_cast<std::uint32_t>(i - 8)
                                       : i < 40 ? 1u << (i - 16) >> 1
                                                : anything;
        float const excess = std::ldexp(1.0f + std::ldexp(static_cast<float>(fraction & 0x7fffffu), -23),
                                        quantum_exponent + octave);
        if (!std::isnormal(excess)) continue;
        ASSERT_EQ(counted(excess, quantum_exponent).summary(), summary_of(excess, quantum_exponent))
            << excess << " in quanta of 2^" << quantum_exponent;
        ++compared;
      }
  EXPECT_GT(compared, 50'000u);
}

TEST(TickScale, CountsSubnormalExcessesAndZero) {
  for (int quantum_exponent : {-149, -130, -127, -126, -120, 0, 127})
    for (float const excess : {0.0f, std::numeric_limits<float>::denorm_min(), 0x1.8p-140f, 0x1.fffffcp-127f})
      EXPECT_EQ(counted(excess, quantum_exponent).summary(), summary_of(excess, quantum_exponent))
          << excess << ' ' << quantum_exponent;
}

TEST(TickScale, RoundsTiesToEven) {
  for (auto const& [excess, tick] : {std::pair{0.5f, 0u},
                                     {1.5f, 2u},
                                     {2.5f, 2u},
                                     {8388606.5f, 8388606u},
                                     {8388607.5f, 8388608u},
                                     {8388609.0f, 8388609u},
                                     {4294967040.0f, 4294967040u}})
    EXPECT_EQ(counted(excess, 0).ticks[0], tick) << excess;
}

}  // namespace
}  // namespace dsgd::kernels
