#include "fit/sample.hpp"

#include <gtest/gtest.h>

namespace dsgd::fit {
namespace {

TEST(FitSample, ResolutionIsTheUnitOfTheLastDigitWritten) {
  EXPECT_DOUBLE_EQ(resolution_of({812.691, 797.387, 810.1}), 0.001);
  EXPECT_DOUBLE_EQ(resolution_of({0.1, 0.2, 0.3}), 0.1);
  EXPECT_DOUBLE_EQ(resolution_of({1200, 3500, 0}), 100);
  EXPECT_DOUBLE_EQ(resolution_of({3, 11}), 1);
  EXPECT_DOUBLE_EQ(resolution_of({2.5e-7, 3e-7}), 1e-8);
  EXPECT_EQ(resolution_of({1.0 / 3, 0.25}), 0);
  EXPECT_DOUBLE_EQ(resolution_of({1700000007, 1700000011}),
                   1);  // and not 1e8, of which they are nearly multiples
  EXPECT_EQ(resolution_of({0, 0}), 0);
}

TEST(FitSample, LowerSpreadIsNeverZero) {
  EXPECT_EQ(make_sample({5, 2, 2, 3.5}, 0).lower_spread(), 1.5);
  EXPECT_EQ(make_sample({5, 2, 2, 2, 2}, 0).lower_spread(), 3);
}

}  // namespace
}  // namespace dsgd::fit
