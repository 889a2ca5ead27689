#include "dsgd/law/excess.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "dsgd/law/exponential.hpp"
#include "dsgd/law/hyperexponential.hpp"

namespace dsgd {
namespace {

TEST(ToExcess, RoundsOnceAndFlushesWhatIsNotNormal) {
  EXPECT_EQ(to_excess(0.1), 0.1f);
  EXPECT_EQ(to_excess(0x1p-126), 0x1p-126f);
  EXPECT_EQ(to_excess(0x1.fffffffffffffp-127), 0.0f);
  EXPECT_EQ(to_excess(0.0), 0.0f);
}

TEST(SurvivalBits, AreTheProbabilityOfALongerDelay) {
  EXPECT_EQ(survival_bits(0, 0), 0u);
  EXPECT_EQ(survival_bits(5, 7), 0x500000007u);
  EXPECT_EQ(survival_bits(tail_cells - 1, ~0u), (std::uint64_t{tail_cells} << 32) - 1);
  EXPECT_EQ(survival_bits(tail_cells, 0), (std::uint64_t{tail_cells} << 32) + 0x80000000u);
  EXPECT_EQ(survival_bits(~0u, 0), ~std::uint64_t{0});  // 1 - (0 + 1/2) / 2^64
  EXPECT_EQ(survival_bits(~5u, 7), ~std::uint64_t{0x500000007u});
}

TEST(RangeProblem, NamesTheEndThatDoesNotFit) {
  EXPECT_EQ(range_problem(Exponential{1.0}.sampler()), "");
  EXPECT_NE(range_problem(Exponential{1e-36}.sampler()).find("longest"), std::string::npos);
  Exponential::Sampler const tiny{0x1p-110f, 0.0f};
  EXPECT_NE(range_problem(tiny).find("shortest"), std::string::npos);
}

/// The law does not ask, as that takes a table: advice would ask for dozens.
TEST(RangeProblem, NoHyperexponentialLawHasOne) {
  for (double const probability : {1e-6, 0.5, 1 - 1e-6})
    for (auto const& [rate1, rate2] : {std::pair(1e-30, 1e-30), {1e-30, 1e-26}, {1e30, 1e30}, {1e26, 1e30}})
      EXPECT_EQ(range_problem(Hyperexponential{probability, rate1, rate2}.sampler()), "");
}

}  // namespace
}  // namespace dsgd
