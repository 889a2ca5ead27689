#include "dsgd/arithmetic/normal_quantile.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/erf.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <random>

namespace dsgd {
namespace {

using Quad = boost::multiprecision::cpp_bin_float_quad;

/// The relative error of z as the quantile at a hazard.
double relative_error(double z, double hazard) {
  Quad const h = hazard;
  // around the median, where z vanishes, counted from it
  Quad const root2 = sqrt(Quad(2));
  Quad const exact = std::fabs(hazard - std::log(2.0)) < 0.1
                         ? root2 * boost::math::erf_inv(-expm1(-(h - log(Quad(2)))))
                     : hazard > 0.7 ? root2 * boost::math::erfc_inv(2 * exp(-h))
                                    : -root2 * boost::math::erfc_inv(-2 * expm1(-h));
  return std::fabs(static_cast<double>((z - exact) / exact));
}

double relative_error(double hazard) { return relative_error(portable::normal_quantile_at(hazard), hazard); }

constexpr double largest_error = 1e-15;

/// u from 2^-65 to 1 - 2^-65, and what the slowest and the fastest of 2^60 workers have beyond.
TEST(NormalQuantile, IsExactOverTheWholeRange) {
  std::mt19937_64 random(1);
  double worst = 0;
  for (int i = 0; i < 4000; ++i) {
    double const share = static_cast<double>(random() >> 11) * 0x1p-53;
    double const hazard = i % 2 == 0 ? std::exp(-87.0 + 92.0 * share) : 0.05 + 3.0 * share;
    worst = std::max(worst, relative_error(hazard));
  }
  EXPECT_LT(worst, largest_error);
}

TEST(NormalQuantile, IsRelativelyExactWhereItVanishes) {
  for (int n = 1; n <= 52; ++n) {
    EXPECT_LT(relative_error(std::log(2.0) + std::ldexp(1.0, -n)), largest_error) << n;
    EXPECT_LT(relative_error(std::log(2.0) - std::ldexp(0.6, -n)), largest_error) << n;
  }
}

TEST(NormalQuantile, IsExactOnBothSidesOfEveryBorderBetweenItsFormulas) {
  for (double const border : {0.078, 2.59, 25.0, -std::log(-std::expm1(-25.0))})
    for (double const factor : {1 - 1e-15, 1 - 1e-9, 1.0, 1 + 1e-9, 1 + 1e-15})
      EXPECT_LT(relative_error(border * factor), largest_error) << border;
}

TEST(NormalQuantile, AWrongLastDigitIsNoticed) {
  for (double const hazard : {1e-20, 0.5, 3.0, 30.0})
    EXPECT_GT(relative_error(portable::normal_quantile_at(hazard) * (1 + 3e-15), hazard), largest_error);
}

}  // namespace
}  // namespace dsgd
