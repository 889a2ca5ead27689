#include "kernels/extremes.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "dsgd/draw.hpp"
#include "dsgd/law/exponential.hpp"
#include "dsgd/summary.hpp"

namespace dsgd::kernels {
namespace {

TEST(TickSums, EqualASummaryInAnyOrderOfMerging) {
  auto const law = Exponential{2.0}.sampler();
  Stream const stream{1, 2};
  for (int quantum_exponent : {-60, -26, 0}) {
    Summary expected;
    TickSums forward, backward;
    for (std::uint64_t i = 0; i < 1000; ++i) {
      Extremes const extremes{law.excess(draw_word(stream, i, 0), 0), law.excess(draw_word(stream, i, 1), 0)};
      RuntimeTicks const slowest{RuntimeTicks::Extreme::slowest, quantum_exponent};
      RuntimeTicks const fastest{RuntimeTicks::Extreme::fastest, quantum_exponent};
      for (TickSums const& one : {slowest(extremes), fastest(extremes)}) {
        forward = MergeTicks{}(forward, one);
        backward = MergeTicks{}(one, backward);
      }
      expected.add(extremes.slowest, quantum_exponent);
      expected.add(extremes.fastest, quantum_exponent);
    }
    EXPECT_EQ(forward.summary(), expected);
    EXPECT_EQ(backward.summary(), expected);
  }
}

TEST(TickSums, OfNothingAreASummaryOfNothing) { EXPECT_EQ(TickSums{}.summary(), Summary{}); }

TEST(JoinExtremes, KeepsTheLargestAndTheSmallest) {
  Extremes const joined = JoinExtremes{}(JoinExtremes{}({2, 2}, {3, 3}), JoinExtremes{}(no_extremes, {1, 1}));
  EXPECT_EQ(joined.slowest, 3.0f);
  EXPECT_EQ(joined.fastest, 1.0f);
}

}  // namespace
}  // namespace dsgd::kernels
