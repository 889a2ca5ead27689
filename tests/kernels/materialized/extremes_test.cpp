#include "kernels/materialized/extremes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "dsgd/draw/address.hpp"
#include "dsgd/law/exponential.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd::kernels {
namespace {

TEST(RuntimeTicks, CountTheExtremeThatIsMeant) {
  auto const law = Exponential{2.0}.sampler();
  for (int const quantum_exponent : {-60, -26, 0}) {
    Summary expected;
    TickSums sums = no_ticks();
    for (std::uint64_t i = 0; i < 1000; ++i) {
      float const one = law.excess(draw_word({1, 2}, i, 0), 0),
                  other = law.excess(draw_word({1, 2}, i, 1), 0);
      Extremes const extremes{std::max(one, other), std::min(one, other)};
      sums = MergeTicks{}(sums, RuntimeTicks{Extreme::slowest, quantum_exponent}(extremes));
      sums = MergeTicks{}(RuntimeTicks{Extreme::fastest, quantum_exponent}(extremes), sums);
      expected.add(extremes.slowest, quantum_exponent);
      expected.add(extremes.fastest, quantum_exponent);
    }
    EXPECT_EQ(sums.summary(), expected) << quantum_exponent;
  }
}

TEST(JoinExtremes, KeepsTheLargestAndTheSmallest) {
  Extremes const joined = JoinExtremes{}(JoinExtremes{}({2, 2}, {3, 3}), JoinExtremes{}(no_extremes, {1, 1}));
  EXPECT_EQ(joined.slowest, 3.0f);
  EXPECT_EQ(joined.fastest, 1.0f);
}

TEST(IsWritten, TellsWhatNoKernelWrote) {
  Extremes never;
  std::memset(&never, unwritten_byte, sizeof never);
  float const delay = never.slowest;
  EXPECT_LT(delay, 0.0f);
  EXPECT_FALSE(is_written(never));
  EXPECT_FALSE(is_written(no_extremes));
  EXPECT_FALSE(is_written(JoinExtremes{}(JoinExtremes{}({2, 2}, {delay, delay}), {0, 0})));
  EXPECT_TRUE(is_written({0, 0}));
  EXPECT_TRUE(is_written({no_extremes.fastest, 1}));
  for (Extreme const extreme : {Extreme::slowest, Extreme::fastest})
    EXPECT_EQ((RuntimeTicks{extreme, -26}(never).iterations), 0u);
}

}  // namespace
}  // namespace dsgd::kernels
