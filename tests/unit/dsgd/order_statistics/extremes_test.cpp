#include "dsgd/order_statistics/extremes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "dsgd/order_statistics/address.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t fleets[] = {2, 3, 20, 1024, 1ull << 24, 1ull << 40, 1ull << 61, max_sampled_workers};

long double uniform_of(std::uint64_t bits) { return std::ldexp(static_cast<long double>(bits) + 0.5L, -64); }

TEST(ExtremeHazards, SmallestIsExponentialOfRateM) {
  std::mt19937_64 random(1);
  for (std::uint64_t const m : fleets)
    for (int i = 0; i < 1000; ++i) {
      std::uint64_t const bits = random() >> random() % 64;
      long double const exact = -std::log(uniform_of(bits)) / static_cast<long double>(m);
      EXPECT_NEAR(ExtremeHazards(m).smallest(bits) / static_cast<double>(exact), 1.0, 0x1p-50)
          << m << " " << bits;
    }
}

/// The largest word of the most workers has half of it.
TEST(ExtremeHazards, SmallestStaysWhereTablesOfDelaysBegin) {
  EXPECT_EQ(ExtremeHazards(max_sampled_workers).smallest(~std::uint64_t{0}), min_hazard);
  EXPECT_GT(ExtremeHazards(std::uint64_t{1} << 40).smallest(~std::uint64_t{0}), min_hazard);
}

TEST(ExtremeHazards, GapIsTheMaximumOfTheOthers) {
  std::mt19937_64 random(2);
  for (std::uint64_t const m : fleets)
    for (int i = 0; i < 1000; ++i) {
      std::uint64_t const bits = random() >> random() % 64;
      long double const power = std::log(uniform_of(bits)) / static_cast<long double>(m - 1);
      auto const exact = static_cast<double>(-std::log(-std::expm1(power)));
      EXPECT_NEAR(ExtremeHazards(m).gap(bits), exact, 0x1p-52 + exact * 0x1p-50) << m << " " << bits;
    }
}

TEST(ExtremeHazards, OneWorkerIsSmallestAndLargest) {
  for (std::uint64_t const bits : {0ull, 1ull, 1ull << 63, ~0ull})
    EXPECT_EQ(ExtremeHazards(1).gap(bits), 0.0);
}

TEST(ExtremeHazards, StayInTheirRanges) {
  for (std::uint64_t const m : fleets) {
    ExtremeHazards const extremes(m);
    EXPECT_GT(extremes.smallest(~0ull), 0.0);
    EXPECT_LE(extremes.smallest(0), 45.1 / static_cast<double>(m));
    EXPECT_GE(extremes.gap(0), 0.0);
    EXPECT_LE(extremes.gap(~0ull), 88.1);
    EXPECT_LT(extremes.gap(0), extremes.gap(~0ull));
  }
}

}  // namespace
}  // namespace dsgd
