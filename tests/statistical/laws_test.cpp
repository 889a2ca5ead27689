/// Every law of the list: mean and variance of its draws.
#include <gtest/gtest.h>

#include <cmath>

#include "dsgd/draw/address.hpp"
#include "statistics.hpp"
#include "support/exact_laws.hpp"
#include "support/example_laws.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t count = 1'000'000;
constexpr Stream stream{20260204, 20};

struct SampleMoments {
  double mean, variance;
};

/// Moments of the delays; the exact mean is taken off before anything is summed.
template <class L>
SampleMoments draw(L const& law, double exact_mean) {
  auto const sampler = law.sampler();
  double sum = 0;
  double squares = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint32_t const k = draw_word(stream, i / 20, i % 20);
    auto const excess = static_cast<double>(sampler.excess(k, tail_word(stream, i / 20, k)));
    double const deviation = law.origin() - exact_mean + excess;
    sum += deviation;
    squares += deviation * deviation;
  }
  double const n = count;
  return {exact_mean + sum / n, (squares - sum * sum / n) / (n - 1)};
}

/// Distances from the exact values in their standard errors, which follow from the law and not from the
/// sample.
struct Scores {
  double mean, variance;
};

Scores scores(SampleMoments sample, ExactMoments exact) {
  double const n = count;
  auto const mean = static_cast<double>(exact.mean);
  auto const variance = static_cast<double>(exact.variance);
  double const variance_error = variance * std::sqrt((static_cast<double>(exact.kurtosis) - 1) / n);
  return {(sample.mean - mean) / std::sqrt(variance / n), (sample.variance - variance) / variance_error};
}

template <class L>
class LawDraws : public testing::Test {};
TYPED_TEST_SUITE(LawDraws, LawTypes);

TYPED_TEST(LawDraws, HaveTheMeanAndTheVarianceOfTheLaw) {
  TypeParam const law = Exact<TypeParam>::example();
  ExactMoments const exact = Exact<TypeParam>::moments(law);
  SampleMoments const sample = draw(law, static_cast<double>(exact.mean));
  if (exact.variance == 0) {
    EXPECT_EQ(sample.mean, static_cast<double>(exact.mean));
    EXPECT_EQ(sample.variance, 0.0);
    return;
  }
  Scores const z = scores(sample, exact);
  EXPECT_LT(std::abs(z.mean), z_bound);
  EXPECT_LT(std::abs(z.variance), z_bound);
}

/// Delays that are all wrong by a few standard errors of their mean, or of half their variance.
TYPED_TEST(LawDraws, AreNotThoseOfALawThatIsALittleDifferent) {
  TypeParam const law = Exact<TypeParam>::example();
  ExactMoments const exact = Exact<TypeParam>::moments(law);
  if (exact.variance == 0) return;  // any difference is noticed
  SampleMoments const sample = draw(law, static_cast<double>(exact.mean));
  double const n = count;
  auto const variance = static_cast<double>(exact.variance);
  double const shift = 12 * std::sqrt(variance / n);
  double const factor = 1 + 6 * std::sqrt((static_cast<double>(exact.kurtosis) - 1) / n);
  EXPECT_GT(scores({sample.mean + shift, sample.variance}, exact).mean, z_bound);
  EXPECT_GT(scores({sample.mean, sample.variance * factor * factor}, exact).variance, z_bound);
}

/// Five per cent of a shape.
TEST(WeibullDraws, OfAWrongShapeAreNoticed) {
  Weibull const law = Exact<Weibull>::example();
  ExactMoments const exact = Exact<Weibull>::moments(law);
  SampleMoments const sample = draw(Weibull{law.scale, law.shape * 1.05}, static_cast<double>(exact.mean));
  EXPECT_GT(std::abs(scores(sample, exact).variance), z_bound);
}

}  // namespace
}  // namespace dsgd
