#include "dsgd/order_statistics/middle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace dsgd {
namespace {

struct Ranked {
  std::uint64_t workers, rank;
};

constexpr Ranked cases[] = {{3, 2},
                            {10, 2},
                            {10, 9},
                            {1024, 512},
                            {1024, 1000},
                            {1ull << 24, 5},
                            {1ull << 40, 100},
                            {1ull << 40, 1ull << 39},
                            {1ull << 61, (1ull << 61) - 7}};

/// Algorithm BB as its paper writes it, in long double and with the names of the paper.
TEST(MiddleHazard, FollowsThePaper) {
  std::mt19937_64 random(3);
  for (auto const& [m, k] : cases) {
    auto const shape1 = static_cast<long double>(k);
    auto const shape2 = static_cast<long double>(m - k + 1);
    long double const a = std::min(shape1, shape2);
    long double const b = std::max(shape1, shape2);
    long double const alpha = a + b;
    long double const beta = std::sqrt((alpha - 2) / (2 * a * b - alpha));
    long double const gamma = a + 1 / beta;
    for (int i = 0; i < 1000; ++i) {
      BitPair const bits{random(), random()};
      long double const u1 = std::ldexp(static_cast<long double>(bits.first) + 0.5L, -64);
      long double const u2 = std::ldexp(static_cast<long double>(bits.second) + 0.5L, -64);
      long double const v = beta * std::log(u1 / (1 - u1));
      long double const w = a * std::exp(v);
      long double const log_growth = std::log1p(a * std::expm1(v) / alpha);  // -log(alpha / (b + w))
      if (alpha < 0x1p12L) {
        EXPECT_NEAR(static_cast<double>(log_growth + std::log(alpha / (b + w))), 0.0, 1e-17);
      }
      auto const margin =
          static_cast<double>(gamma * v - std::log(4.0L) - alpha * log_growth - std::log(u1 * u1 * u2));
      MiddleHazard const middle(m, k);
      auto const [own_v, own_margin] = middle.propose(bits);
      EXPECT_NEAR(own_v, static_cast<double>(v), 0x1p-50 * (1 + std::fabs(own_v))) << m << " " << k;
      EXPECT_NEAR(own_margin, margin, 0x1p-45 + 0x1p-50 * static_cast<double>(gamma * std::fabs(v)))
          << m << " " << k;
      long double const odds = (k <= m - k + 1 ? w / b : b / w);  // of the event within the hazard
      EXPECT_NEAR(middle.hazard(own_v) / static_cast<double>(std::log1p(odds)), 1.0, 0x1p-46)
          << m << " " << k;
    }
  }
}

/// Bits that give the longest hazard stay below the bound, on either side of the middle.
TEST(MiddleHazard, HasABound) {
  for (auto const& [m, k] : cases) {
    MiddleHazard const middle(m, k);
    for (std::uint64_t const bits : {0ull, ~0ull}) {
      EXPECT_LE(middle.hazard(middle.propose({bits, 0}).log_ratio), middle.bound()) << m << " " << k;
      EXPECT_GT(middle.hazard(middle.propose({bits, 0}).log_ratio), 0.0) << m << " " << k;
    }
    EXPECT_LE(middle.bound(), 88.2);
  }
}

/// Among 100,000 proposals a share has a standard error of at most 0.0013. The paper promises 0.68 at least.
TEST(MiddleHazard, AcceptsMostProposals) {
  for (auto const& [m, k] : cases) {
    MiddleHazard const middle(m, k);
    int accepted = 0;
    for (std::uint64_t i = 0; i < 100'000; ++i) accepted += middle.propose(sampled_bits(4, m, i)).margin >= 0;
    RecordProperty(std::to_string(m) + "_" + std::to_string(k), accepted);
    EXPECT_GT(accepted, 79'000) << m << " " << k;
    EXPECT_LT(accepted, 95'000) << m << " " << k;
  }
}

}  // namespace
}  // namespace dsgd
