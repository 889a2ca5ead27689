#include "exact/server.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace dsgd::exact {
namespace {

/// 1 - 1 / sum over k of m! / (m - k)! (delay rate)^-k is the share of the time in which the server works.
double by_sum(int workers, double delay, double rate) {
  double sum = 1, term = 1;
  for (int k = 1; k <= workers; ++k) sum += term *= (workers - k + 1) / (delay * rate);
  return 1 / (rate * (1 - 1 / sum));
}

TEST(ServedMean, IsThatOfErlangsFormula) {
  for (int const workers : {1, 2, 8, 20})
    for (double const rate : {0.1, 1.0, 7.0})
      EXPECT_NEAR(served_mean(static_cast<std::uint64_t>(workers), 2, rate) / by_sum(workers, 2, rate), 1,
                  1e-13);
}

TEST(ServedMean, OfOneWorkerIsBothTimes) { EXPECT_NEAR(served_mean(1, 2, 0.5), 2 + 1 / 0.5, 1e-14); }

TEST(ServedMean, IsBoundByWorkersOrByTheServer) {
  EXPECT_NEAR(served_mean(10, 1, 1e9), 0.1, 1e-9);
  EXPECT_NEAR(served_mean(1'000'000, 1, 5), 0.2, 1e-12);
}

}  // namespace
}  // namespace dsgd::exact
