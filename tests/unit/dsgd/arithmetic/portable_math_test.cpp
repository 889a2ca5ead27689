#include "dsgd/arithmetic/portable_math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <string>

namespace dsgd {
namespace {

using Random = std::mt19937_64;

/// In [0, 1).
double uniform(Random& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

double between(Random& random, double low, double high) { return low + (high - low) * uniform(random); }

/// In [1, 2) 2^exponent with the exponent in [low, high].
double magnitude(Random& random, int low, int high) {
  auto const span = static_cast<unsigned>(high - low + 1);
  int const exponent = low + static_cast<int>(random() % span);
  return std::ldexp(1.0 + uniform(random), exponent);
}

/// A magnitude with either sign.
double signed_magnitude(Random& random, int low, int high) {
  double const sign = random() & 1 ? 1.0 : -1.0;
  return sign * magnitude(random, low, high);
}

struct Case {
  std::string name;
  double (*function)(double);
  long double (*exact)(long double);
  double (*argument)(Random&);
  double bound;  ///< ulp
};

/// Distance from the exact value in units of the last place that a double of its size has.
double error_in_ulp(Case const& c, double x) {
  long double const exact = c.exact(static_cast<long double>(x));
  int exponent = 0;
  std::frexp(exact, &exponent);
  return static_cast<double>(
      std::fabs(std::ldexp(static_cast<long double>(c.function(x)) - exact, 53 - exponent)));
}

class PortableMath : public testing::TestWithParam<Case> {};

/// long double resolves 2^-11 ulp where it has 64 bits; where it is no more than double, nothing can be
/// measured.
TEST_P(PortableMath, ErrorIsBounded) {
  static_assert(std::numeric_limits<long double>::digits >= 64);
  Random random(20260301);
  double worst = 0;
  for (int i = 0; i < 300'000; ++i) {
    double const x = GetParam().argument(random);
    double const error = error_in_ulp(GetParam(), x);
    ASSERT_LT(error, GetParam().bound) << std::hexfloat << x;
    worst = std::max(worst, error);
  }
  RecordProperty("ulp", std::to_string(worst));
}

std::vector<Case> cases() {
  auto const log = [](double x) { return portable::log(x); };
  auto const log1p = [](double x) { return portable::log1p(x); };
  auto const exp = [](double x) { return portable::exp(x); };
  auto const expm1 = [](double x) { return portable::expm1(x); };
  auto const exact_log = [](long double x) { return std::log(x); };
  auto const exact_log1p = [](long double x) { return std::log1p(x); };
  auto const exact_exp = [](long double x) { return std::exp(x); };
  auto const exact_expm1 = [](long double x) { return std::expm1(x); };
  auto const tiny = [](Random& r) { return signed_magnitude(r, -1000, -2); };
  return {
      {"LogOfAnything", log, exact_log, [](Random& r) { return magnitude(r, -1021, 1022); }, 1.0},
      {"LogOfAFewOctaves", log, exact_log, [](Random& r) { return between(r, 0.4, 2.4); }, 1.0},
      {"LogNearOne", log, exact_log, [](Random& r) { return 1.0 + signed_magnitude(r, -53, -2); }, 1.0},
      {"Log1pNearZero", log1p, exact_log1p, tiny, 1.4},
      {"Log1pOfAFewOctaves", log1p, exact_log1p, [](Random& r) { return between(r, -0.9, 3.0); }, 1.4},
      {"Log1pNearMinusOne", log1p, exact_log1p, [](Random& r) { return magnitude(r, -53, -2) - 1.0; }, 1.4},
      {"Log1pOfLargeNumbers", log1p, exact_log1p, [](Random& r) { return magnitude(r, 1, 1022); }, 1.4},
      {"ExpOfAnything", exp, exact_exp, [](Random& r) { return between(r, -708, 709); }, 1.0},
      {"ExpOfAFewOctaves", exp, exact_exp, [](Random& r) { return between(r, -2, 2); }, 1.0},
      {"ExpNearZero", exp, exact_exp, tiny, 1.0},
      {"Expm1OfAnything", expm1, exact_expm1, [](Random& r) { return between(r, -60, 709); }, 1.2},
      {"Expm1OfAFewOctaves", expm1, exact_expm1, [](Random& r) { return between(r, -2, 2); }, 1.2},
      {"Expm1NearZero", expm1, exact_expm1, tiny, 1.2},
  };
}

INSTANTIATE_TEST_SUITE_P(Arguments, PortableMath, testing::ValuesIn(cases()),
                         [](auto const& info) { return info.param.name; });

TEST(PortableLog, OfPowersOfTwo) {
  EXPECT_EQ(portable::log(1.0), 0.0);
  EXPECT_EQ(portable::log(2.0), 0x1.62e42fefa39efp-1);
  EXPECT_EQ(portable::log(0x1p-1020), -1020 * 0x1.62e42fefa39efp-1);
  EXPECT_EQ(portable::log1p(0.0), 0.0);
}

/// Where hi alone is 1, everything is in lo.
TEST(PortableLog, OfASumKeepsWhatADoubleCannotHold) {
  EXPECT_DOUBLE_EQ(portable::log_of_sum(1.0, -0x1p-65), -0x1p-65);
  EXPECT_DOUBLE_EQ(portable::log_of_sum(1.0 - 0x1p-53, 0x1p-55), -0.75 * 0x1p-53);
  EXPECT_DOUBLE_EQ(portable::log_of_sum(0x1p-300, 0x1p-360), std::log(0x1p-300));
}

TEST(PortableExp, SaturatesToNormalNumbers) {
  EXPECT_EQ(portable::exp(0.0), 1.0);
  EXPECT_EQ(portable::exp(-1e300), portable::exp(-708.0));
  EXPECT_EQ(portable::exp(1e300), portable::exp(709.0));
  EXPECT_GE(portable::exp(-708.0), std::numeric_limits<double>::min());
  EXPECT_LE(portable::exp(709.0), std::numeric_limits<double>::max());
  EXPECT_EQ(portable::expm1(0.0), 0.0);
  EXPECT_EQ(portable::expm1(-1e300), -1.0);
  EXPECT_EQ(portable::expm1(1e300), portable::expm1(709.0));
}

TEST(PortableRemainders, AreRelativelyAccurateAtZero) {
  for (int n = 2; n < 300; ++n) {
    double const x = std::ldexp(1.0, -n);
    EXPECT_NEAR(portable::exp_remainder(x) / (x * x / 2), 1.0 + x / 3, x * x + 0x1p-51) << n;
    EXPECT_NEAR(portable::log_remainder(x) / (x * x / 2), 1.0 - x * 2 / 3, x * x + 0x1p-51) << n;
  }
}

std::uint64_t hash(double (*function)(double), double low, double step) {
  std::uint64_t sum = 0;
  for (int i = 0; i < 100'000; ++i)
    sum = sum * 0x5851f42d4c957f2du + portable::bits_from_double(function(low + i * step));
  return sum;
}

/// The same on every machine and from every compiler.
TEST(PortableMathBits, NeverChange) {
  EXPECT_EQ(hash([](double x) { return portable::log(x); }, 0x1p-10, 0x1.8p-13), 838387847276024411u);
  EXPECT_EQ(hash([](double x) { return portable::log1p(x); }, -0x1.fcp-1, 0x1.8p-13), 3346372373206209484u);
  EXPECT_EQ(hash([](double x) { return portable::exp(x); }, -40.0, 0x1.8p-10), 2334882407198789662u);
  EXPECT_EQ(hash([](double x) { return portable::expm1(x); }, -40.0, 0x1.8p-10), 12030159768413496417u);
}

}  // namespace
}  // namespace dsgd
