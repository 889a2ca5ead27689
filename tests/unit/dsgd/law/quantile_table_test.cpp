#include "dsgd/law/quantile_table.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "dsgd/law/gamma_quantile.hpp"
#include "dsgd/law/hyperexponential_quantile.hpp"

namespace dsgd {
namespace {

/// hazard^power, whose quantiles are known.
struct PowerQuantile {
  double power;
  quantile_table::Node node(double hazard) const {
    return {hazard, std::pow(hazard, power), power * std::pow(hazard, power - 1)};
  }
  quantile_table::Node first() const { return node(min_hazard); }
  quantile_table::Node last() const { return node(max_hazard); }
  quantile_table::Node at(double hazard, quantile_table::Node const&) const { return node(hazard); }
};

std::size_t parts(std::vector<double> const& table) { return (table.size() - quantile_table::cells) / 4; }

TEST(QuantileTable, CubicsAreExact) {
  for (double const power : {1.0, 2.0, 3.0}) {
    auto const table = quantile_table::build(PowerQuantile{power});
    EXPECT_EQ(parts(table), quantile_table::cells);
    for (double hazard = min_hazard; hazard < max_hazard; hazard *= 1.37)
      ASSERT_NEAR(quantile_table::evaluate(table.data(), hazard) / std::pow(hazard, power), 1.0, 1e-14);
  }
}

TEST(QuantileTable, OtherFunctionsGetAsManyPartsAsTheyNeed) {
  for (double const power : {0.1, 0.5, 4.5, 7.9}) {
    auto const table = quantile_table::build(PowerQuantile{power});
    EXPECT_GT(parts(table), quantile_table::cells);
    for (double hazard = min_hazard; hazard < max_hazard; hazard *= 1.0037)
      ASSERT_NEAR(quantile_table::evaluate(table.data(), hazard) / std::pow(hazard, power), 1.0, 2.1e-9);
  }
}

TEST(QuantileTable, BordersOfItsRangeAndOfItsParts) {
  auto const table = quantile_table::build(PowerQuantile{1.0});
  for (double const hazard :
       {min_hazard, std::nextafter(max_hazard, 0.0), 1.0, 2.0, 1.0625, std::nextafter(1.0625, 0.0)})
    EXPECT_DOUBLE_EQ(quantile_table::evaluate(table.data(), hazard), hazard);
}

TEST(QuantileTable, IsBuiltOnceForEqualParameters) {
  auto const& table = quantile_table::shared(GammaQuantile(2.25));
  EXPECT_EQ(&quantile_table::shared(GammaQuantile(2.25)), &table);
  EXPECT_NE(&quantile_table::shared(GammaQuantile(2.5)), &table);
}

/// Fowler, Noll and Vo's hash of all bits.
std::uint64_t hash(std::vector<double> const& table) {
  std::uint64_t h = 0xcbf29ce484222325u;
  for (double const value : table) h = (h ^ portable::bits_from_double(value)) * 0x100000001b3u;
  return h;
}

/// From a machine with AVX-512, g++ 12: any other must build the same tables.
TEST(QuantileTable, HasTheKnownBits) {
  EXPECT_EQ(hash(quantile_table::build(GammaQuantile(0.25))), 0xea5a14e53b7242b0u);
  EXPECT_EQ(hash(quantile_table::build(GammaQuantile(2.5))), 0xbff00f3552f8cfd1u);
  EXPECT_EQ(hash(quantile_table::build(GammaQuantile(1e6))), 0xaef280e607c7e908u);
  EXPECT_EQ(hash(quantile_table::build(HyperexponentialQuantile(0.1, 16.0))), 0xa94cfc8c1ab9940u);
}

/// The bend where the slow rate takes over takes parts, but never more than a few megabytes.
TEST(QuantileTable, StaysSmallAtTheEndsOfTheParameters) {
  for (double const slow : {1e-6, 1e-3, 0.5, 1 - 1e-6})
    EXPECT_LT(quantile_table::build(HyperexponentialQuantile(slow, 1e4)).size(), 300'000u) << slow;
  for (double const shape : {0.25, 0.26, 1e6})
    EXPECT_LT(quantile_table::build(GammaQuantile(shape)).size(), 50'000u) << shape;
}

}  // namespace
}  // namespace dsgd
