/// Single delays: their distribution, and that neighbours know nothing of each other.
#include <gtest/gtest.h>

#include "dsgd/draw/address.hpp"
#include "dsgd/law/exponential.hpp"
#include "statistics.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t draw_count = 1'000'000;
constexpr Stream draw_stream{20260201, 20};

double delay(Exponential const& law, std::uint64_t iteration, std::uint64_t worker) {
  std::uint32_t const k = draw_word(draw_stream, iteration, worker);
  return static_cast<double>(law.sampler().excess(k, tail_word(draw_stream, iteration, k)));
}

std::vector<double> delays_of_worker(std::uint64_t worker, std::uint64_t first = 0) {
  std::vector<double> delays;
  for (std::uint64_t i = 0; i < draw_count; ++i) delays.push_back(delay(Exponential{1.0}, first + i, worker));
  return delays;
}

class DelayDistribution : public testing::TestWithParam<double> {};

TEST_P(DelayDistribution, IsExponential) {
  double const rate = GetParam();
  std::vector<double> sample;
  for (std::uint64_t i = 0; i < draw_count; ++i) sample.push_back(delay(Exponential{rate}, i / 20, i % 20));
  EXPECT_LT(kolmogorov_smirnov(sample, [=](double x) { return -std::expm1(-rate * x); }), ks_bound);
}

/// A rate wrong by 2 % moves the distribution by 0.0074, seven of its standard errors.
TEST_P(DelayDistribution, AWrongRateIsNoticed) {
  double const rate = GetParam();
  std::vector<double> sample;
  for (std::uint64_t i = 0; i < draw_count; ++i)
    sample.push_back(delay(Exponential{rate * 1.02}, i / 20, i % 20));
  EXPECT_GT(kolmogorov_smirnov(sample, [=](double x) { return -std::expm1(-rate * x); }), ks_bound);
}

INSTANTIATE_TEST_SUITE_P(Rates, DelayDistribution, testing::Values(1e-6, 1.0, 1e6));

TEST(Delays, OfTwoWorkersAreUncorrelated) {
  std::vector<double> const first = delays_of_worker(0);
  for (std::uint64_t const worker : {1u, 3u, 4u, 19u})
    EXPECT_LT(std::abs(correlation_z(first, delays_of_worker(worker))), z_bound) << worker;
}

TEST(Delays, OfSuccessiveIterationsAreUncorrelated) {
  EXPECT_LT(std::abs(correlation_z(delays_of_worker(0), delays_of_worker(0, 1))), z_bound);
}

TEST(Delays, OfAllStreamsAreUncorrelated) {
  std::vector<double> x;
  std::vector<double> y;
  for (std::uint64_t i = 0; i < draw_count; ++i) {
    x.push_back(draw_word({1, 20}, i, 0));
    y.push_back(draw_word({1, 21}, i, 0));
  }
  EXPECT_LT(std::abs(correlation_z(x, y)), z_bound);
}

/// A counter that is used twice once in a hundred iterations: ten standard errors.
TEST(Delays, AReusedCounterIsNoticed) {
  std::vector<double> const first = delays_of_worker(0);
  std::vector<double> second = delays_of_worker(1);
  for (std::size_t i = 0; i < second.size(); i += 100) second[i] = first[i];
  EXPECT_GT(correlation_z(first, second), z_bound);
}

}  // namespace
}  // namespace dsgd
