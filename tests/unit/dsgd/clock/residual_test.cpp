#include "dsgd/clock/residual.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <vector>
#include "support/survival.hpp"

namespace dsgd {
namespace {

using Delay = std::function<std::uint64_t(DelayWords)>;

Delay exponential(double mean) {
  return [mean](DelayWords words) {
    return static_cast<std::uint64_t>(-mean * std::log(survival(words) + 0x1p-65));
  };
}

/// Uniform on [low, high].
Delay uniform_delay(double low, double high) {
  return [=](DelayWords words) { return static_cast<std::uint64_t>(high - (high - low) * survival(words)); };
}

Delay two_point(std::uint64_t low, std::uint64_t high, double probability) {
  return [=](DelayWords words) { return survival(words) < probability ? high : low; };
}

std::vector<double> sample(Residual const& residual, Delay const& delay, std::size_t count) {
  std::mt19937 random(7);
  std::vector<double> heights;
  std::uint32_t words[4];
  while (heights.size() < count) {
    for (std::uint32_t& word : words) word = static_cast<std::uint32_t>(random());
    std::uint64_t const height = residual.height(words, delay);
    if (height != Residual::thrown_away) heights.push_back(static_cast<double>(height));
  }
  return heights;
}

/// Distance of the share of heights below y from what it should be, in standard errors.
double z_below(std::vector<double> const& heights, double y, double expected) {
  auto const n = static_cast<double>(heights.size());
  double below = 0;
  for (double const height : heights) below += height < y ? 1 : 0;
  return (below / n - expected) / std::sqrt(expected * (1 - expected) / n);
}

/// 10^5 points each; a bound of 5.5 is passed by one of 2 10^7 right answers.
constexpr std::size_t points = 100'000;
constexpr double bound = 5.5;

TEST(Residual, OfMemorylessDelaysIsTheDelay) {
  Delay const delay = exponential(1e6);
  Residual const residual(delay);
  EXPECT_NEAR(residual.mean() / 1e6, 1, 1e-3);
  std::vector<double> const heights = sample(residual, delay, points);
  for (double const y : {1e4, 5e5, 1e6, 4e6})
    EXPECT_LT(std::abs(z_below(heights, y, -std::expm1(-y / 1e6))), bound);
  EXPECT_GT(std::abs(z_below(heights, 1e6, -std::expm1(-1.05))), bound);  // of another mean
}

TEST(Residual, OfUniformDelaysFallsFromTheShortest) {
  Delay const delay = uniform_delay(1e6, 3e6);
  Residual const residual(delay);
  EXPECT_NEAR(residual.mean() / 2e6, 1, 1e-3);
  std::vector<double> const heights = sample(residual, delay, points);
  EXPECT_LT(std::abs(z_below(heights, 1e6, 0.5)), bound);          // 1 / 2
  EXPECT_LT(std::abs(z_below(heights, 2e6, 0.5 + 0.375)), bound);  // then 1 - (y - 1) / 2 of the rest
}

/// A delay of 0 is never met; a rare long one takes its share of the time.
TEST(Residual, OfTwoPointsIsUniformBelowEach) {
  Delay const zero = two_point(0, 1 << 20, 0.4);
  std::vector<double> const below = sample(Residual(zero), zero, points);
  EXPECT_LT(std::abs(z_below(below, 1 << 19, 0.5)), bound);
  Delay const rare = two_point(1'000'000, 100'000'000, 0.01);
  std::vector<double> const heights = sample(Residual(rare), rare, points);
  EXPECT_LT(std::abs(z_below(heights, 1e6, 1 / 1.99)), bound);
  EXPECT_LT(std::abs(z_below(heights, 5e7, (1 + 0.01 * 49) / 1.99)), bound);
}

/// Points are accepted without a look at the delay where all delays of their cell are longer: nobody must see
/// a difference. Delays of so few values leave cells in which some are longer and some are not.
TEST(Residual, AsksForTheDelayWhereverItMatters) {
  for (Delay const& delay :
       {exponential(3), exponential(1e6), uniform_delay(1e3, 1e9), two_point(0, 1000, 0.3)}) {
    Residual const residual(delay);
    std::mt19937 random(3);
    int refused = 0;
    for (std::size_t n = 0; n < points; ++n) {
      std::uint32_t words[4];
      for (std::uint32_t& word : words) word = static_cast<std::uint32_t>(random());
      std::uint64_t of_point = 0;
      bool asked = false;
      std::uint64_t const height = residual.height(words, [&](DelayWords point) {
        asked = true;
        return of_point = delay(point);
      });
      if (height != Residual::thrown_away) {
        EXPECT_LT(height, asked ? of_point : ~std::uint64_t{0});
      } else {
        EXPECT_TRUE(asked);
        ++refused;
      }
    }
    EXPECT_GT(refused, 0);
  }
}

TEST(Residual, OfDelaysThatAreAllZeroIsZero) {
  Delay const zero = [](DelayWords) { return std::uint64_t{0}; };
  EXPECT_EQ(Residual(zero).height({1, 2, 3, 4}, zero), 0u);
}

/// Areas of 2^127: nothing is lost.
TEST(Residual, OfTheLongestDelays) {
  Delay const longest = [](DelayWords) { return ~std::uint64_t{0} >> 1; };
  std::vector<double> const heights = sample(Residual(longest), longest, 1000);
  EXPECT_LT(std::abs(z_below(heights, 0x1p62, 0.5)), bound);
}

}  // namespace
}  // namespace dsgd
