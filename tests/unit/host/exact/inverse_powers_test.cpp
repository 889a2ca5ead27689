#include "exact/inverse_powers.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace dsgd::exact {
namespace {

long double added_up(std::uint64_t first, std::uint64_t last, int power) {
  long double sum = 0;
  for (std::uint64_t i = last; i >= first; --i) sum += std::pow(static_cast<long double>(i), -power);
  return sum;
}

TEST(InversePowerSum, EqualsTheSumTermByTerm) {
  for (std::uint64_t const first : {1ull, 2ull, 63ull, 64ull, 65ull, 1000ull, 100'000ull})
    for (std::uint64_t const terms : {1ull, 2ull, 63ull, 64ull, 65ull, 129ull, 30'000ull})
      for (int const power : {1, 2, 3, 4, 16}) {
        std::uint64_t const last = first + terms - 1;
        double const expected = static_cast<double>(added_up(first, last, power));
        double const bound = power <= 4 ? 2e-15 : 1e-13;
        EXPECT_NEAR(inverse_power_sum(first, last, power) / expected, 1, bound)
            << first << " " << last << " " << power;
      }
}

/// H_n = log n + euler + 1 / (2 n) - ...; the sum of all 1 / i^2 is pi^2 / 6, what is left out 1 / n.
TEST(InversePowerSum, ReachesFarthest) {
  std::uint64_t const n = (1ull << 62) - 1;
  EXPECT_NEAR(inverse_power_sum(1, n, 1), 62 * std::numbers::ln2 + std::numbers::egamma, 2e-14);
  EXPECT_NEAR(inverse_power_sum(1, n, 2), std::numbers::pi * std::numbers::pi / 6, 1e-15);
  EXPECT_NEAR(inverse_power_sum(n / 2, n, 1), std::numbers::ln2, 1e-15);
  EXPECT_NEAR(inverse_power_sum(n - 999, n, 1) * 0x1p62, 1000, 1e-12);  // no cancellation
}

}  // namespace
}  // namespace dsgd::exact
