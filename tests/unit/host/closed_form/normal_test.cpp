#include "closed_form/normal.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

/// Sources: tables of the normal distribution; the last by Mills' ratio.
TEST(TwoSidedP, KnownValues) {
  EXPECT_EQ(two_sided_p(0), 1);
  EXPECT_NEAR(two_sided_p(1.959963984540054), 0.05, 1e-15);
  EXPECT_NEAR(two_sided_p(-1.959963984540054), 0.05, 1e-15);
  EXPECT_NEAR(two_sided_p(1) / 0.31731050786291415, 1, 1e-14);
  EXPECT_NEAR(two_sided_p(5) / 5.733031437583878e-7, 1, 1e-13);
  EXPECT_NEAR(two_sided_p(10) / 1.5239706048321052e-23, 1, 1e-13);
}

}  // namespace
}  // namespace dsgd
