#include "sweep/baseline.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "request/request.hpp"
#include "support/expect_error.hpp"
#include "sweep/run_sweep.hpp"

namespace dsgd {
namespace {

SweepTexts texts_of(char const* law, char const* workers, char const* strategies, char const* baseline) {
  SweepTexts texts;
  texts.law.laws = {law};
  texts.workers = workers;
  texts.strategies = {strategies};
  texts.baseline = baseline;
  texts.iterations = "20000";
  return texts;
}

Document swept(SweepTexts const& texts, char const* engine = "cpu") {
  SweepSettings settings;
  settings.engine = engine;
  settings.hardware.threads = 2;
  return run_sweep(parse_request(texts), std::move(settings));
}

constexpr char const* lognormal = "lognormal:mu=0:sigma=0.5";

TEST(Baseline, ChangesNoOtherNumber) {
  SweepTexts texts =
      texts_of(lognormal, "5,8", "sync,k-sync:k=3,async,local-sgd:steps=2:communication=0", "sync");
  Document const with = swept(texts);
  texts.baseline.reset();
  Document const without = swept(texts);
  ASSERT_EQ(with.rows.size(), without.rows.size());
  for (std::size_t i = 0; i < with.rows.size(); ++i) {
    EXPECT_EQ(with.rows[i].estimate.mean, without.rows[i].estimate.mean);
    EXPECT_EQ(with.rows[i].estimate.standard_error, without.rows[i].estimate.standard_error);
    EXPECT_EQ(with.rows[i].estimate.iterations, without.rows[i].estimate.iterations);
    EXPECT_EQ(with.rows[i].difference.has_value(), i >= 2);
    if (i < 2) continue;
    double const between = *with.rows[i].estimate.mean - *with.rows[i % 2].estimate.mean;
    EXPECT_NEAR(with.rows[i].difference->value, between, 1e-11);
    EXPECT_LT(*with.rows[i].difference->low, between);
    EXPECT_GT(*with.rows[i].difference->high, between);
  }
}

TEST(Baseline, HasTheSameDifferencesOnEveryEngine) {
  SweepTexts const texts = texts_of("gamma:shape=2:rate=1", "4", "sync,k-sync:k=2,k-async:k=2", "sync");
  Document const definition = swept(texts, "reference"), vectors = swept(texts, "cpu");
  for (std::size_t i = 1; i < definition.rows.size(); ++i) {
    EXPECT_EQ(definition.rows[i].difference->value, vectors.rows[i].difference->value);
    EXPECT_EQ(definition.rows[i].difference->low, vectors.rows[i].difference->low);
    EXPECT_EQ(definition.rows[i].difference->high, vectors.rows[i].difference->high);
  }
}

/// Neighbouring order statistics of 64 differ by a gap whose deviation is 0.51 of that of independent ones: half the
/// width is all that shared draws can save.
TEST(Baseline, MakesIntervalsNarrowWhereDrawsAreShared) {
  Document const document =
      swept(texts_of(lognormal, "64", "backup:spare=1,backup:spare=2", "backup:spare=1"));
  Estimate const& one = document.rows[0].estimate;
  Estimate const& two = document.rows[1].estimate;
  Difference const found = document.rows[1].difference.value();
  double const unpaired = std::hypot(*one.ci95_high - *one.ci95_low, *two.ci95_high - *two.ci95_low);
  // With 63 degrees of freedom, a width is off by more than a quarter with a probability of 0.005.
  EXPECT_NEAR((*found.high - *found.low) / unpaired, 0.51, 0.13);
}

/// Fewer than 361 of 400 intervals of 95 % hold the exact difference with a probability of 1e-4.
constexpr int seeds = 400, fewest = 361;

int held(double off) {
  int count = 0;
  for (int seed = 0; seed < seeds; ++seed) {
    SweepTexts texts = texts_of("exponential:rate=1", "4", "sync,k-sync:k=3", "sync");
    texts.iterations = "640";
    texts.seed = std::to_string(seed);
    Difference const found = swept(texts).rows[1].difference.value();
    count += *found.low <= off - 1 && off - 1 <= *found.high;  // 1/4 + 1/3 + 1/2 less the same and 1
  }
  return count;
}

TEST(Baseline, HasIntervalsThatHoldTheExactDifference) {
  EXPECT_GE(held(0), fewest);
  EXPECT_LT(held(0.08), fewest);  // two standard errors: 1 / sqrt(640) each
}

TEST(Baseline, IsAddedWhereNoStrategyNamesIt) {
  Document const document = swept(texts_of(lognormal, "3", "k-sync:k=2", "sync"));
  ASSERT_EQ(document.rows.size(), 2u);
  EXPECT_FALSE(document.rows[0].difference);
  EXPECT_LT(document.rows[1].difference->value, 0);
}

TEST(Baseline, IsRefusedWhereNothingCanBeCompared) {
  SweepTexts texts = texts_of(lognormal, "3", "k-sync:k=2", "k-sync:k=1..2");
  expect_error(ExitCode::usage, "--baseline 'k-sync:k=1..2' has a list", [&] { parse_request(texts); });
  texts.baseline = "snyc";
  expect_error(ExitCode::usage, "--baseline 'snyc' is unknown (did you mean sync?)",
               [&] { parse_request(texts); });
  texts.baseline = "k-sync:k=4";
  expect_error(ExitCode::usage, "--baseline k-sync:k=4 has no point", [&] { swept(texts); });
  texts.baseline = "k-sync:k=2";
  expect_error(ExitCode::usage, "--baseline k-sync:k=2 has all points", [&] { swept(texts); });
  texts.baseline = "sync";
  texts.relative_error = "1%";
  expect_error(ExitCode::usage, "--relative-error", [&] { parse_request(texts); });
  texts.relative_error.reset();
  texts.shard = "1/2";
  expect_error(ExitCode::usage, "--shard", [&] { parse_request(texts); });
  texts.shard.reset();
  expect_error(ExitCode::usage, "--store", [&] {
    SweepSettings settings;
    settings.store = "/nowhere/s.db";
    run_sweep(parse_request(texts), std::move(settings));
  });
}

TEST(Baseline, HasNoIntervalWhereAVarianceIsInfinite) {
  Document const document = swept(texts_of("pareto:scale=1:shape=1.5", "4", "sync,k-sync:k=2", "sync"));
  EXPECT_LT(document.rows[1].difference->value, 0);
  EXPECT_FALSE(document.rows[1].difference->low);
}

TEST(Baseline, HasNoIntervalWhereNothingVaries) {
  Document const document =
      swept(texts_of("constant:value=2", "4", "sync,gradient-coding:stragglers=1", "sync"));
  EXPECT_EQ(document.rows[1].difference->value, -1);
  EXPECT_FALSE(document.rows[1].difference->low);
}

}  // namespace
}  // namespace dsgd
