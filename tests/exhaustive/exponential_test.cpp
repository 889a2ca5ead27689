/// The exponential law's delays, E / rate in float: order, range, error, bias.
#include "dsgd/law/exponential.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "measure.hpp"
#include "neighbours.hpp"
#include "report.hpp"

namespace dsgd::test {
namespace {

/// 1.4 ulp of E are up to 2.8 of E / rate, where the division takes the significand from above 1 to below 2,
/// and the last fma rounds once.
constexpr double promised_error = 2 * 1.4 + 0.5;

struct Excess {
  Exponential::Sampler sampler;
  explicit Excess(double rate) : sampler(Exponential{rate}.sampler()) {}
  DSGD_HD float operator()(std::uint32_t k, std::uint32_t t) const { return sampler.excess(k, t); }
};

void expect_order_and_range(Findings const& found) {
  EXPECT_EQ(found.increases, 0u);
  EXPECT_EQ(found.abnormal, 0u);
}

class ExponentialRate : public testing::TestWithParam<double> {};

TEST_P(ExponentialRate, QuickOrderRangeAndErrorOfTheEnds) {
  Excess const excess(GetParam());
  double const scale = 1.0 / GetParam();
  Findings ends = measure(0, end_blocks, excess, scale);
  ends += measure(all_blocks - end_blocks, all_blocks, excess, scale);
  print("rate " + testing::PrintToString(GetParam()) + ", ends", ends);
  expect_order_and_range(ends);
  EXPECT_LE(ends.error, promised_error);
}

TEST_P(ExponentialRate, QuickOrderAndRangeOfNeighbours) {
  Excess const excess(GetParam());
  expect_order_and_range(compare_neighbours(BlockEnds{}, excess));
  expect_order_and_range(compare_neighbours(RandomAddresses{}, excess));
}

INSTANTIATE_TEST_SUITE_P(Rates, ExponentialRate,
                         testing::Values(1.0 / 3.0, 2.0, 3.0, 1e-6, 1e6, 1e-36, 1e18));

TEST(ExponentialExhaustive, OrderRangeErrorAndBiasOverAllWordsAtRate3) {
  Findings const found = measure(0, all_blocks, Excess(3.0), 1.0 / 3.0);
  RelativeBias const bias = relative_bias(found.bias, 1.0 / 3.0);
  print("rate 3", found);
  print(bias);
  expect_order_and_range(found);
  EXPECT_LE(found.error, promised_error);
  expect_promised(bias);
}

TEST(WrongExponentialQuick, RateRoundedToFloatIsNoticed) {
  Excess rounded(3.0);
  rounded.sampler.scale_lo = 0.0f;
  Findings const found = measure(0, end_blocks, rounded, 1.0 / 3.0);
  Bias const bias = relative_bias(found.bias, 1.0 / 3.0).total();
  EXPECT_GT(std::fabs(bias.maximum[promised_workers]), promised_bias);
}

TEST(WrongExponentialQuick, SubnormalDelaysAreNoticed) {
  EXPECT_GT(measure(all_blocks - end_blocks, all_blocks, Excess(1e20), 1e-20).abnormal, 0u);
}

}  // namespace
}  // namespace dsgd::test
