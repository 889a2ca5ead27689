#include "dsgd/expects.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace dsgd {
namespace {

double root_of(double x) {
  DSGD_EXPECTS(x >= 0);
  return x;
}

constexpr int twice(int x) {
  DSGD_EXPECTS(x > 0);
  return 2 * x;
}
static_assert(twice(3) == 6);

TEST(Expects, SaysWhatWasExpectedAndWhere) {
  EXPECT_EQ(root_of(2), 2);
#ifdef DSGD_CHECKS
  try {
    root_of(-1);
    FAIL() << "nothing was thrown";
  } catch (std::logic_error const& error) {
    std::string const what = error.what();
    EXPECT_NE(what.find("expects_test.cpp:"), std::string::npos) << what;
    EXPECT_NE(what.find("expects x >= 0"), std::string::npos) << what;
  }
#else
  EXPECT_EQ(root_of(-1), -1);
#endif
}

}  // namespace
}  // namespace dsgd
