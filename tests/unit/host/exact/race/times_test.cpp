#include "exact/race/times.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace dsgd::exact {
namespace {

double const b = 0.1, s = 0.01;

UpdateOfMoments sync_of(double gradients) { return UpdateOfMoments::fresh((1 - b) * (1 - b), s / gradients); }

std::vector<double> stages_of(int workers, int count) {
  std::vector<double> rates;
  for (int i = 0; i < count; ++i) rates.push_back(workers - i);
  return rates;
}

double error_at(UpdateOfMoments const& update, std::vector<double> const& rates, double time) {
  std::vector<double> const times{time};
  return errors_at(update, 1, rates, times).value().front();
}

TEST(ErrorsAt, HasTheKnownValuesOfEightWorkers) {
  EXPECT_NEAR(error_at(UpdateOfMoments::stored(b, s, 8, 2), stages_of(8, 2), 5), 0.03678152, 5e-9);
  EXPECT_NEAR(error_at(sync_of(4), stages_of(8, 4), 20), 0.01482303, 5e-9);
}

/// One stage of a constant rate: the error falls exponentially to its stationary value.
TEST(ErrorsAt, OfOneStageIsAnExponentialOfTime) {
  double const stationary = s / (b * (2 - b));
  for (double const time : {0.0, 0.01, 1.0, 30.0, 1e4}) {
    double const expected = stationary + (1 - stationary) * std::exp(-2 * time * b * (2 - b));
    EXPECT_NEAR(error_at(sync_of(1), {2}, time), expected, 1e-12 * expected);
  }
}

/// Two equal stages: as many updates as half the arrivals of a Poisson process.
TEST(ErrorsAt, OfTwoEqualStagesCountsEverySecondArrival) {
  double const time = 7, mean = 3 * time;
  double expected = 0;
  for (int arrivals = 0; arrivals < 200; ++arrivals)
    expected += std::exp(-mean + arrivals * std::log(mean) - std::lgamma(arrivals + 1.0)) *
                error_after(sync_of(2), 1, static_cast<std::uint64_t>(arrivals / 2));
  EXPECT_NEAR(error_at(sync_of(2), {3, 3}, time), expected, 1e-12 * expected);
}

/// Without noise the error of an unstable update grows like the exponential of time.
TEST(ErrorsAt, FollowsAGrowingError) {
  auto const update = UpdateOfMoments::fresh(9, 0);
  EXPECT_NEAR(error_at(update, {1}, 10) / std::exp(80.0), 1, 1e-11);
}

TEST(ErrorsAt, FollowsAVanishingErrorToItsLastDigits) {
  auto const update = UpdateOfMoments::fresh(0.25, 0);
  EXPECT_NEAR(error_at(update, {1}, 200) / std::exp(-150.0), 1, 1e-11);
}

TEST(ErrorsAt, TheBestNumberToWaitForGrowsWithTime) {
  auto const best_at = [](double time) {
    std::string best;
    double least = 1;
    auto const offer = [&](std::string const& name, double error) {
      if (error < least) least = error, best = name;
    };
    for (int k = 1; k <= 8; ++k)
      offer("k-sync " + std::to_string(k), error_at(sync_of(k), stages_of(8, k), time));
    for (unsigned k = 1; k <= 7; ++k)
      offer("k-async " + std::to_string(k),
            error_at(UpdateOfMoments::stored(b, s, 8, k), stages_of(8, static_cast<int>(k)), time));
    return best;
  };
  EXPECT_EQ(best_at(1), "k-async 1");
  EXPECT_EQ(best_at(5), "k-async 2");
  EXPECT_EQ(best_at(20), "k-sync 4");
  EXPECT_EQ(best_at(100), "k-sync 8");
}

TEST(ErrorsAt, AsksForNoAnswerThatTakesTooLong) {
  std::vector<double> const times{1e9}, rates{1};
  EXPECT_FALSE(errors_at(sync_of(1), 1, rates, times));
}

TEST(ErrorsAt, OfManyTimesAreThoseOfEach) {
  std::vector<double> const rates = stages_of(8, 4), times{20, 0, 3};
  std::vector<double> const together = errors_at(sync_of(4), 1, rates, times).value();
  for (std::size_t i = 0; i < times.size(); ++i)
    EXPECT_NEAR(together[i], error_at(sync_of(4), rates, times[i]), 1e-15);
}

}  // namespace
}  // namespace dsgd::exact
