#include "dsgd/quantum/sampled.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "dsgd/arithmetic/tick.hpp"
#include "dsgd/law/exponential.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t workers_of_fleets[] = {
    1, 2, 3, 20, 1024, 1ull << 24, 1ull << 40, 1ull << 61, max_sampled_workers};

TEST(TypicalHazard, IsTheMedianRank) {
  EXPECT_DOUBLE_EQ(typical_hazard(1, 1), std::log(2.0));
  EXPECT_DOUBLE_EQ(typical_hazard(20, 20), std::log(40.0));
  EXPECT_DOUBLE_EQ(typical_hazard(20, 1), -std::log1p(-1.0 / 40));
  EXPECT_DOUBLE_EQ(typical_hazard(4, 2), -std::log(2.5 / 4));
  EXPECT_DOUBLE_EQ(typical_hazard(max_sampled_workers, max_sampled_workers), 63 * std::log(2.0));
  EXPECT_DOUBLE_EQ(typical_hazard(max_sampled_workers, 1), 0x1p-63);
}

TEST(LargestHazard, IsAboveAllAndBelow88) {
  for (std::uint64_t const m : workers_of_fleets)
    for (std::uint64_t const rank : {std::uint64_t{1}, (m + 1) / 2, m - m / 4, m}) {
      EXPECT_LE(largest_hazard(m, rank), 88.2) << m << " " << rank;
      for (std::uint64_t i = 0; i < 1000; ++i)
        EXPECT_LT(sampled_hazard(3, m, rank, i), largest_hazard(m, rank)) << m << " " << rank;
    }
}

/// 24 bits at the typical runtime, and nothing reaches 2^62 ticks.
TEST(SampledRange, ResolvesTheTypicalAndHoldsTheLongest) {
  for (double const rate : {1e-36, 1.0 / 3, 1.0, 2.0, 1e18})
    for (std::uint64_t const m : workers_of_fleets)
      for (std::uint64_t const rank : {std::uint64_t{1}, (m + 1) / 2, m}) {
        auto const law = Exponential{rate}.sampler();
        int const exponent = quantum_exponent(sampled_range(law, m, rank));
        std::uint64_t const typical = to_ticks(law.excess_at(typical_hazard(m, rank)), exponent);
        double const longest =
            std::ldexp(static_cast<double>(law.excess_at(largest_hazard(m, rank))), -exponent);
        EXPECT_LE(typical, 1u << 25) << rate << " " << m << " " << rank;
        EXPECT_LE(longest, 0x1p62) << rate << " " << m << " " << rank;
        EXPECT_GE(typical, 1u << 24) << rate << " " << m << " " << rank;
      }
}

/// Where the draws of all workers are the other way, the quanta are the same.
TEST(SampledRange, AgreesWithTheExhaustiveWay) {
  auto const law = Exponential{2.0}.sampler();
  for (std::uint32_t const m : {1u, 2u, 3u, 20u, 1024u, 1u << 20, max_workers})
    for (std::uint32_t const rank : {1u, (m + 1) / 2, m})
      EXPECT_EQ(quantum_exponent(sampled_range(law, m, rank)),
                quantum_exponent(order_statistic_range(law, m, rank)))
          << m << " " << rank;
}

}  // namespace
}  // namespace dsgd
