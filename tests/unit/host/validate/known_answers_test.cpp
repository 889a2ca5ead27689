/// What `dsgd validate` knows by heart. tests/support/known_answers.py computes it independently.
#include <gtest/gtest.h>

#include "validate/check.hpp"

namespace dsgd {
namespace {

TEST(KnownAnswers, AreHad) {
  std::vector<Check> const checks = check_known_answers();
  ASSERT_EQ(checks.size(), 12u);
  for (Check const& check : checks) EXPECT_TRUE(check.passed) << check.what << ": " << check.found;
}

}  // namespace
}  // namespace dsgd
