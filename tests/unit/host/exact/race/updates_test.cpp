#include "exact/race/updates.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace dsgd::exact {
namespace {

double const never = 1e6;

TEST(UpdateOfMoments, KAsyncHasItsKnownErrorAfterTenUpdates) {
  // By the recursion in exact fractions.
  EXPECT_NEAR(error_after(UpdateOfMoments::stored(0.1, 0.01, 8, 4), 1, 10), 0.1081992834, 5e-11);
}

TEST(UpdateOfMoments, FreshGradientsContractTowardsTheirStationaryError) {
  double const b = 0.1, s = 0.01, k = 4;
  auto const update = UpdateOfMoments::fresh((1 - b) * (1 - b), s / k);
  double const stationary = s / (k * b * (2 - b));
  EXPECT_NEAR(error_after(update, 1, 10), stationary + std::pow(1 - b, 20) * (1 - stationary), 1e-15);
  EXPECT_NEAR(error_after(update, 1, 1'000'000), stationary, 1e-15);
  EXPECT_NEAR(update.growth(), (1 - b) * (1 - b), 1e-14);
}

TEST(UpdateOfMoments, AsyncHasItsStationaryError) {
  double const b = 0.1, s = 0.01;
  for (std::uint64_t const workers : {2u, 8u, 20u, 100u}) {
    auto const m = static_cast<double>(workers);
    double const stationary = s * (1 + m * b) / (b * (2 + b - m * b * b));
    EXPECT_NEAR(error_after(UpdateOfMoments::stored(b, s, workers, 1), 1, 1'000'000), stationary,
                1e-11 * stationary);
  }
}

/// Async is stable where m < (2 + b) / b^2.
TEST(UpdateOfMoments, AsyncIsStableUpToItsThreshold) {
  for (std::uint64_t const workers : {2u, 8u, 20u, 1000u}) {
    auto const m = static_cast<double>(workers);
    double const threshold = (1 + std::sqrt(1 + 8 * m)) / (2 * m);  // the largest b
    EXPECT_LT(UpdateOfMoments::stored(0.99 * threshold, 0, workers, 1).growth(), 1);
    EXPECT_GT(UpdateOfMoments::stored(1.01 * threshold, 0, workers, 1).growth(), 1);
    EXPECT_LT(error_after(UpdateOfMoments::stored(0.99 * threshold, 0.01, workers, 1), 1, 1'000'000), never);
    EXPECT_GT(error_after(UpdateOfMoments::stored(1.01 * threshold, 0.01, workers, 1), 1, 1'000'000), never);
  }
}

TEST(UpdateOfMoments, FreshGradientsAreStableUpToTwo) {
  EXPECT_LT(UpdateOfMoments::fresh((1 - 1.99) * (1 - 1.99), 0).growth(), 1);
  EXPECT_GT(UpdateOfMoments::fresh((1 - 2.01) * (1 - 2.01), 0).growth(), 1);
}

/// Nearly all gradients of m - 1 of m workers are fresh.
TEST(UpdateOfMoments, KAsyncOfNearlyAllWorkersIsNearlySync) {
  double const b = 0.1, s = 0.01;
  double const sync = error_after(UpdateOfMoments::fresh((1 - b) * (1 - b), s / 1000), 1, 20);
  EXPECT_NEAR(error_after(UpdateOfMoments::stored(b, s, 1000, 999), 1, 20), sync, 1e-3 * sync);
  EXPECT_LT(error_after(UpdateOfMoments::stored(b, s, 1000, 500), 1, 20), 0.9 * sync);
}

/// The first update takes gradients that all are of the start.
TEST(UpdateOfMoments, TheFirstUpdateIsThatOfSync) {
  for (std::uint64_t const k : {1u, 3u, 7u})
    EXPECT_NEAR(error_after(UpdateOfMoments::stored(0.3, 0.05, 8, k), 2, 1),
                0.7 * 0.7 * 4 + 0.05 / static_cast<double>(k), 1e-14);
}

}  // namespace
}  // namespace dsgd::exact
