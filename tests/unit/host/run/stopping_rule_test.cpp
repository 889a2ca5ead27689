#include "run/stopping_rule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "statistics/estimate.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

PlannedPoint const iterated = make_planned_point(Async{}, 1, max_iterations);
PlannedPoint const clocked =
    make_planned_point(KAsync{Share{3}}, 5, max_iterations, ShiftedExponential{1, 1});

TEST(NextDecision, ComesFourTimesPerOctave) {
  std::vector<std::uint64_t> decisions;
  for (std::uint64_t at = 0; at < 20'000;) decisions.push_back(at = next_decision(iterated, at));
  EXPECT_EQ(decisions,
            (std::vector<std::uint64_t>{4096, 5120, 6144, 7168, 8192, 10240, 12288, 14336, 16384, 20480}));
  EXPECT_EQ(next_decision(clocked, 0), 256u);
  EXPECT_EQ(next_decision(clocked, 256), 320u);
  EXPECT_EQ(next_decision(iterated, max_iterations - 1), max_iterations);
}

TEST(NextDecision, IsTheNextNumberThatIsADecision) {
  for (PlannedPoint const& point : {iterated, clocked})
    for (std::uint64_t at = 0; at < 10'000; ++at) {
      std::uint64_t next = at + 1;
      while (!is_decision(point, next)) ++next;
      ASSERT_EQ(next_decision(point, at), next) << at;
    }
}

/// Half of the times are 1 - spread, half 1 + spread.
Summary summary_of(double spread, int pairs, double outlier = 1) {
  Observable const& seen = iterated.observable();
  Summary summary;
  for (int i = 0; i < pairs; ++i) {
    summary.add(static_cast<float>(1 - spread), seen.quantum_exponent);
    summary.add(static_cast<float>(1 + spread), seen.quantum_exponent);
  }
  summary.add(static_cast<float>(outlier), seen.quantum_exponent);
  return summary;
}

TEST(IsPrecise, ComparesHalfTheIntervalWithTheMean) {
  Summary const summary = summary_of(0.5, 512);
  double const half = mean_interval(iterated, summary)->half_width();
  EXPECT_NEAR(half, 1.9623 * 0.5 / std::sqrt(1025), 1e-4);
  EXPECT_TRUE(is_precise(iterated, summary, half * 1.0001));
  EXPECT_FALSE(is_precise(iterated, summary, half * 0.9999));
}

TEST(IsPrecise, NeverWithoutAnInterval) {
  EXPECT_FALSE(is_precise(iterated, summary_of(0, 512), 1));
  EXPECT_FALSE(is_precise(iterated, summary_of(0, 0), 1));
  PlannedPoint const heavy = make_planned_point(Async{}, 1, 1, Pareto{1, 2});
  EXPECT_FALSE(is_precise(heavy, summary_of(0.5, 512), 1));
}

/// One of 1025 times is so long that it makes most of the variance, of which nothing else is known.
TEST(IsPrecise, NeverWhereOneIterationCarriesTheVariance) {
  PlannedPoint const unknown = make_planned_point(LocalSgd{4, 0}, 2, max_iterations, Lognormal{0, 1});
  auto const summary = [&](double outlier) {
    Observable const& seen = unknown.observable();
    Summary result;
    for (int i = 0; i < 1024; ++i) result.add(i % 2 == 0 ? 3.6F : 4.4F, seen.quantum_exponent);
    result.add(static_cast<float>(outlier), seen.quantum_exponent);
    return result;
  };
  EXPECT_TRUE(is_precise(unknown, summary(6), 0.1));
  EXPECT_FALSE(is_precise(unknown, summary(16), 0.1));
}

/// 4096 times near 1 of a law that takes 100 once in 10,000 times: the sample is precise, and its mean wrong.
TEST(IsPrecise, NeverBeforeTheTailWasSeen) {
  PlannedPoint const hiccups = make_planned_point(Sync{}, 1, max_iterations, TwoPoint{1, 100, 1e-4});
  Observable const& seen = hiccups.observable();
  auto const summary = [&](int usual, int rare) {
    Summary result;
    for (int i = 0; i < usual; ++i) result.add(i % 2 == 0 ? 0.0F : 0.01F, seen.quantum_exponent);
    for (int i = 0; i < rare; ++i) result.add(99, seen.quantum_exponent);
    return result;
  };
  EXPECT_FALSE(is_precise(hiccups, summary(4096, 0), 0.5));   // no variance to speak of
  EXPECT_FALSE(is_precise(hiccups, summary(4095, 1), 0.5));   // one carries it all
  EXPECT_FALSE(is_precise(hiccups, summary(200'000, 4), 1));  // a fifth of the events that there should be
  EXPECT_TRUE(is_precise(hiccups, summary(399'960, 40), 0.5));
  EXPECT_FALSE(is_precise(hiccups, summary(399'960, 40), 1e-3));
}

}  // namespace
}  // namespace dsgd
