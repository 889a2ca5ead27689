#include "dsgd/order_statistics/hazard.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

TEST(SampledHazard, TheOnlyWorkerIsFirstAndLast) {
  for (std::uint64_t i = 0; i < 100; ++i) EXPECT_GT(sampled_hazard(1, 1, 1, i), 0.0);
}

TEST(SampledHazard, ExtremesOfAnIterationBelongTogether) {
  for (std::uint64_t const m : {2ull, 1024ull, 1ull << 40, (1ull << 62) - 1})
    for (std::uint64_t i = 0; i < 1000; ++i) {
      BitPair const bits = sampled_bits(1, m, i);
      ExtremeHazards const extremes(m);
      EXPECT_EQ(sampled_hazard(1, m, 1, i), extremes.smallest(bits.first));
      EXPECT_EQ(sampled_hazard(1, m, m, i), extremes.smallest(bits.first) + extremes.gap(bits.second));
    }
}

/// The first accepted proposal, whichever attempt it is.
TEST(SampledHazard, OfAMiddleRankTakesTheFirstAcceptedProposal) {
  MiddleHazard const middle(5, 3);
  std::uint64_t retries = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    std::uint32_t attempt = 0;
    while (middle.propose(sampled_bits(1, 5, i, attempt)).margin < 0) ++attempt;
    EXPECT_EQ(sampled_hazard(1, 5, 3, i),
              middle.hazard(middle.propose(sampled_bits(1, 5, i, attempt)).log_ratio));
    retries += attempt;
  }
  EXPECT_GT(retries, 50u);  // some 90
}

/// The same on every machine and from every compiler.
TEST(SampledHazard, BitsNeverChange) {
  std::uint64_t hash = 0;
  for (std::uint64_t const m : {1ull, 2ull, 20ull, 1ull << 24, 1ull << 40, 1ull << 61})
    for (std::uint64_t const rank : {std::uint64_t{1}, (m + 1) / 2, m})
      for (std::uint64_t i = 0; i < 1000; ++i)
        hash = hash * 0x5851f42d4c957f2du +
               portable::bits_from_double(sampled_hazard(20260304, m, rank, i << 20));
  EXPECT_EQ(hash, 13983052578837502975u);
}

}  // namespace
}  // namespace dsgd
