#include "exact/steps.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace dsgd::exact {
namespace {

TEST(Steps, MomentsOfAFairDie) {
  Steps die{{1, 2, 3, 4, 5, 6}, {}};
  for (int i = 1; i < 6; ++i) die.tails.push_back({i / 6.0, (6 - i) / 6.0});
  Moments const moments = moments_of(die);
  EXPECT_NEAR(moments.mean, 3.5, 1e-15);
  EXPECT_NEAR(*moments.variance, 35.0 / 12, 1e-15);
}

/// One value in 10^20 is another: its share of the variance is there in full.
TEST(Steps, RareValuesDoNotCancel) {
  Moments const rare_high = moments_of({{1, 3}, {{1, 1e-20}}});
  EXPECT_NEAR(*rare_high.variance / 4e-20, 1, 1e-15);
  Moments const rare_low = moments_of({{1, 3}, {{1e-20, 1}}});
  EXPECT_NEAR(*rare_low.variance / 4e-20, 1, 1e-15);
  EXPECT_EQ(rare_low.mean, 3);
}

TEST(BinomialTails, AreSumsOfMasses) {
  std::vector<Tails> const tails = binomial_tails(4, 0.25);
  double const expected[] = {81, 189, 243, 255};  // of 256
  for (int i = 0; i < 4; ++i) {
    EXPECT_NEAR(tails[static_cast<std::size_t>(i)].below, expected[i] / 256, 1e-15);
    EXPECT_NEAR(tails[static_cast<std::size_t>(i)].above / ((256 - expected[i]) / 256), 1, 1e-14);
  }
  EXPECT_NEAR(binomial_tails(100, 1e-3)[49].above / 9.598e-122, 1,
              1e-3);  // 100 choose 50 times 10^-150, nearly
}

}  // namespace
}  // namespace dsgd::exact
