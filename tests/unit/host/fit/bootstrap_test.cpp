#include "fit/bootstrap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support_laws.hpp"

namespace dsgd::fit {
namespace {

TEST(FitBootstrap, DoesNotDependOnThreads) {
  TrueLaw const truth{"weibull", shifted(Weibull{3, 1.5}, 0)};
  Sample const sample = draw_from(truth, 80, 0);
  auto const model = model_of("weibull", false);
  Fitted const fitted = *model->fit(sample);
  PValues const one = bootstrap(*model, sample, fitted, {50, 7, 3, 1});
  PValues const three = bootstrap(*model, sample, fitted, {50, 7, 3, 3});
  EXPECT_EQ(one.kolmogorov_smirnov, three.kolmogorov_smirnov);
  EXPECT_EQ(one.anderson_darling, three.anderson_darling);
  PValues const other = bootstrap(*model, sample, fitted, {50, 8, 3, 1});
  EXPECT_NE(std::make_pair(one.kolmogorov_smirnov, one.anderson_darling),
            std::make_pair(other.kolmogorov_smirnov, other.anderson_darling));
}

TEST(FitBootstrap, DrawsAreWrittenAsTheSampleIs) {
  TrueLaw const truth{"exponential", shifted(Exponential{2}, 0)};
  Sample const like = make_sample({0.1, 0.2, 0.3, 0.4, 0.7, 1.2}, 0.1);
  Sample const drawn = draw_sample(FittedTails(truth.fitted), like, {1, 0}, 0);
  ASSERT_EQ(drawn.values.size(), 6u);
  for (double const value : drawn.values) {
    EXPECT_NEAR(value * 10, std::round(value * 10), 1e-9);
    EXPECT_GE(value, 0.1);
  }
}

TEST(FitBootstrap, RejectsAnotherLaw) {
  Sample const sample = draw_from({"lognormal", shifted(Lognormal{0, 1}, 0)}, 500, 1);
  auto const model = model_of("exponential", false);
  PValues const p = bootstrap(*model, sample, *model->fit(sample), {99, 1, 0, 2});
  EXPECT_EQ(p.kolmogorov_smirnov, 0.01);
  EXPECT_EQ(p.anderson_darling, 0.01);
}

/// Largest difference of p-values' distribution function from the uniform one.
double distance_from_uniform(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  auto const count = static_cast<double>(values.size());
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    largest = std::max({largest, static_cast<double>(i + 1) / count - values[i],
                        values[i] - static_cast<double>(i) / count});
  return largest;
}

/// p-values of true laws are uniform. They are multiples of 1 / (replicates + 1), by which the distance may
/// exceed Kolmogorov's bound for alpha = 0.01, 1.628 / sqrt(sets).
void expect_uniform(std::uint64_t sets, std::uint32_t replicates) {
  for (TrueLaw const& truth : true_laws()) {
    auto const model = truth.model();
    std::vector<double> ks, ad;
    for (std::uint64_t set = 0; set < sets; ++set) {
      Sample const sample = draw_from(truth, 100, set);
      PValues const p = bootstrap(*model, sample, *model->fit(sample), {replicates, set + 1, 5, 2});
      ks.push_back(p.kolmogorov_smirnov);
      ad.push_back(p.anderson_darling);
    }
    double const bound = 1.628 / std::sqrt(static_cast<double>(sets)) + 1.0 / (replicates + 1);
    EXPECT_LE(distance_from_uniform(ks), bound) << truth.name << " KS, shift " << truth.fitted.shift;
    EXPECT_LE(distance_from_uniform(ad), bound) << truth.name << " AD, shift " << truth.fitted.shift;
  }
}

TEST(FitBootstrap, PValuesAreUniform) { expect_uniform(40, 19); }

TEST(FitBootstrap, NightlyPValuesAreUniform) { expect_uniform(500, 99); }

/// Negative twin: without refitting, p-values of a fitted law are far from uniform.
TEST(FitBootstrap, PValuesWithoutRefitsAreNotUniform) {
  TrueLaw const truth{"lognormal", shifted(Lognormal{0, 1}, 0)};
  auto const model = model_of("lognormal", false);
  std::vector<double> p;
  for (std::uint64_t set = 0; set < 40; ++set) {
    Sample const sample = draw_from(truth, 100, set);
    FittedTails const law(*model->fit(sample));
    double const measured = distances(sample, law).anderson_darling;
    unsigned as_far = 1;
    for (std::uint64_t i = 0; i < 19; ++i)
      if (distances(draw_sample(law, sample, {set, 6}, i), law).anderson_darling >= measured) ++as_far;
    p.push_back(as_far / 20.0);
  }
  EXPECT_GT(distance_from_uniform(p), 1.628 / std::sqrt(40.0) + 0.05);
}

}  // namespace
}  // namespace dsgd::fit
