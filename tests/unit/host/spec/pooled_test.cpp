#include "spec/pooled.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace dsgd {
namespace {

/// Times of some workers in turn.
struct Times {
  std::vector<double> values;
  table::Labels workers;
};

/// @param slower  factor of the first worker's times
Times drawn(std::uint32_t seed, std::uint32_t workers, std::size_t of_each, double slower) {
  std::mt19937 random(seed);
  Times times;
  for (std::uint32_t worker = 0; worker < workers; ++worker)
    times.workers.names.push_back(std::to_string(worker));
  for (std::size_t i = 0; i < of_each * workers; ++i) {
    auto const worker = static_cast<std::uint32_t>(i % workers);
    double const time = 1 + static_cast<double>(random() >> 5) * 0x1p-27;
    times.values.push_back(worker == 0 ? slower * time : time);
    times.workers.of_row.push_back(worker);
  }
  return times;
}

/// By hand: ranks 1.5 1.5 3 | 4 5 6, so that H = 12 / 42 (36 / 3 + 225 / 3) - 21 = 27 / 7, over 1 - 6 / 210 for
/// the tie: 3.970588. The cube root of H, less 1 - 2 / 9, over the root of 2 / 9.
TEST(DifferenceOfWorkers, IsThatOfKruskalAndWallis) {
  table::Labels const labels{{"a", "b"}, {0, 0, 0, 1, 1, 1}};
  double const expected = (std::cbrt(27 / 7.0 / (1 - 6 / 210.0)) - 7 / 9.0) / std::sqrt(2 / 9.0);
  EXPECT_NEAR(difference_of_workers({1, 1, 2, 3, 4, 5}, labels), expected, 1e-12);
}

TEST(DifferenceOfWorkers, OfOneValueIsNone) {
  EXPECT_EQ(difference_of_workers({2, 2, 2, 2}, {{"a", "b"}, {0, 1, 0, 1}}), 0);
}

/// One false alarm in 10^4: of 1000 tables, three or more come with a probability of 1.5 in 10^4.
TEST(WorkersDiffer, HardlyEverByChance) {
  int alarms = 0;
  for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
    Times const alike = drawn(seed, 8, 50, 1);
    alarms += workers_differ(alike.values, alike.workers) ? 1 : 0;
  }
  EXPECT_LT(alarms, 3);
}

TEST(WorkersDiffer, WhereOneIsSlower) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    Times const slow = drawn(seed, 8, 50, 1.5);
    EXPECT_TRUE(workers_differ(slow.values, slow.workers)) << seed;
  }
}

}  // namespace
}  // namespace dsgd
