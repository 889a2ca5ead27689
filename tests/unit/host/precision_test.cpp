#include "precision.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "estimate.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

Point const iterated = make_point(Async{}, 1, max_iterations);
Point const clocked = make_point(KAsync{Share{3}}, 5, max_iterations, ShiftedExponential{1, 1});

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
  for (Point const& point : {iterated, clocked})
    for (std::uint64_t at = 0; at < 10'000; ++at) {
      std::uint64_t next = at + 1;
      while (!is_decision(point, next)) ++next;
      ASSERT_EQ(next_decision(point, at), next) << at;
    }
}

/// Half of the times are 1 - spread, half 1 + spread.
Summary summary_of(double spread, int pairs, double outlier = 1) {
  Observable const seen = observable(iterated);
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
  Point const heavy = make_point(Async{}, 1, 1, Pareto{1, 2});
  EXPECT_FALSE(is_precise(heavy, summary_of(0.5, 512), 1));
}

/// One of 1025 times is so long that it makes most of the variance.
TEST(IsPrecise, NeverWhereOneIterationCarriesTheVariance) {
  EXPECT_TRUE(is_precise(iterated, summary_of(0.1, 512, 1.5), 0.1));
  EXPECT_FALSE(is_precise(iterated, summary_of(0.1, 512, 4), 0.1));
}

}  // namespace
}  // namespace dsgd
