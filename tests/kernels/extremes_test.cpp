#include "kernels/extremes.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "dsgd/draw.hpp"
#include "dsgd/law/exponential.hpp"
#include "dsgd/summary.hpp"

namespace dsgd::kernels {
namespace {

TEST(RuntimeTicks, CountTheExtremeThatIsMeant) {
  auto const law = Exponential{2.0}.sampler();
  for (int const quantum_exponent : {-60, -26, 0}) {
    Summary expected;
    TickSums sums = no_ticks();
    for (std::uint64_t i = 0; i < 1000; ++i) {
      Extremes const extremes{law.excess(draw_word({1, 2}, i, 0), 0), law.excess(draw_word({1, 2}, i, 1), 0)};
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

}  // namespace
}  // namespace dsgd::kernels
