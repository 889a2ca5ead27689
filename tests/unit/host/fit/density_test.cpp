#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <variant>

#include "exact/exact_law.hpp"
#include "fit/density/list.hpp"
#include "fit/likelihood.hpp"

namespace dsgd::fit {
namespace {

template <class Density>
struct FitDensity : testing::Test {};

using Densities = testing::Types<ParetoDensity, WeibullDensity, LognormalDensity, LogLogisticDensity,
                                 GammaDensity, HyperexponentialDensity>;
TYPED_TEST_SUITE(FitDensity, Densities);

Sample const sample = make_sample({0.7, 0.9, 1.3, 1.31, 2.4, 5.5}, 0);

template <class Density>
std::array<double, Density::size> somewhere() {
  auto at = Density::start(traits_of(sample, 0.2));
  for (double& coordinate : at) coordinate += 0.1;
  return at;
}

TYPED_TEST(FitDensity, IsThatOfTheExactLaw) {
  auto const at = somewhere<TypeParam>();
  double const shift = 0.2;
  std::array<double, TypeParam::size + 1> gradient{};
  double const found = Likelihood<TypeParam>(sample)(at, shift, gradient);
  ExactLaw const exact(Law(TypeParam::law(at, sample.smallest() - shift)));
  double expected = 0;
  for (double const value : sample.values)
    expected += std::visit(
        [&]<class L>(L const& law) {
          if constexpr (exact::Continuous<L>) return std::log(law.density(value - shift));
          return 0.0;
        },
        exact.get());
  EXPECT_NEAR(found, expected / sample.count(), 1e-12);
}

TYPED_TEST(FitDensity, GradientIsTheSlopeOfTheValue) {
  auto const at = somewhere<TypeParam>();
  double const shift = 0.2, step = 1e-5;
  Likelihood<TypeParam> likelihood(sample);
  std::array<double, TypeParam::size + 1> gradient{}, ignored{};
  likelihood(at, shift, gradient);
  for (std::size_t i = 0; i <= TypeParam::size; ++i) {
    auto above = at, below = at;
    double shift_above = shift, shift_below = shift;
    (i < TypeParam::size ? above[i] : shift_above) += step;
    (i < TypeParam::size ? below[i] : shift_below) -= step;
    double const slope =
        (likelihood(above, shift_above, ignored) - likelihood(below, shift_below, ignored)) / (2 * step);
    EXPECT_NEAR(gradient[i], slope, 1e-7) << "coordinate " << i;
  }
}

}  // namespace
}  // namespace dsgd::fit
