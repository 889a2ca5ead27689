/// The sums that `dsgd validate` knows by heart, from the C library's logarithm in long double.
#include <gtest/gtest.h>

#include <cmath>

#include "dsgd/draw.hpp"
#include "validate/check.hpp"

namespace dsgd {
namespace {

/// Runtimes of the notebook's 5000 iterations with 20 workers, rate 2, seed 1: the sum of the slowest or of
/// the fastest delays.
long double notebook_sum(bool slowest) {
  long double sum = 0;
  for (std::uint64_t iteration = 0; iteration < 5000; ++iteration) {
    std::uint32_t chosen = draw_word({1, 20}, iteration, 0);
    for (std::uint32_t worker = 1; worker < 20; ++worker) {
      std::uint32_t const word = draw_word({1, 20}, iteration, worker);
      if ((word < chosen) == slowest) chosen = word;
    }
    std::uint32_t const tail = tail_word({1, 20}, iteration, chosen);
    long double survival = (static_cast<long double>(chosen) + 0.5L) / 0x1p32L;
    long double distance = (static_cast<long double>(chosen < tail_cells ? chosen : ~chosen) +
                            (static_cast<long double>(tail) + 0.5L) / 0x1p32L) /
                           0x1p32L;
    if (needs_tail(chosen)) survival = chosen < tail_cells ? distance : 1 - distance;
    sum -= std::log(survival) / 2;
  }
  return sum;
}

/// Rounded to float32 each, and then to ticks: the sum of 5000 is right to 2^-24 or so.
TEST(KnownAnswers, OfTheNotebookAreItsSums) {
  EXPECT_NEAR(static_cast<double>(notebook_sum(true) / (150543630561.0L * 0x1p-24L)), 1.0, 1e-8);
  EXPECT_NEAR(static_cast<double>(notebook_sum(false) / (276064007393.0L * 0x1p-31L)), 1.0, 1e-8);
}

TEST(KnownAnswers, AreHad) {
  std::vector<Check> const checks = check_known_answers();
  ASSERT_EQ(checks.size(), 6u);
  for (Check const& check : checks) EXPECT_TRUE(check.passed) << check.what << ": " << check.found;
}

}  // namespace
}  // namespace dsgd
