/// The yardstick against the C library's logl and log1pl, which share nothing with it.
#include "yardstick.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <limits>

#include "address.hpp"
#include "measure.hpp"
#include "neighbours.hpp"

namespace dsgd::test {
namespace {

long double neg_log_uniform_long_double(Address a) {
  bool const near_one = a.k >= 0x80000000u;
  std::uint32_t const j = near_one ? ~a.k : a.k;
  long double const end =
      needs_tail(a.k) ? std::ldexp(j * 0x1p32L + a.t + 0.5L, -64) : std::ldexp(j + 0.5L, -32);
  return near_one ? -std::log1p(-end) : -std::log(end);
}

/// Over a million random addresses, and around all seams of the yardstick and of the addresses.
/// @return  largest error, in ulp of float
template <int terms>
double largest_yardstick_error() {
  double worst = 0.0;
  auto const try_address = [&](Address a) {
    long double const truth = neg_log_uniform_long_double(a);
    auto const error = static_cast<double>(neg_log_uniform_double<terms>(a.k, a.t) - truth);
    worst = std::max(worst, std::fabs(error) * detail::inverse_ulp(static_cast<double>(truth)));
  };
  for (std::uint32_t i = 0; i < 1'000'000; ++i) try_address(RandomAddresses{}(i));
  for (int power = 1; power < 64; ++power) {
    for (std::uint64_t mantissa : {2u, 3u}) {  // 2^power, and 3/2 of it, where e changes
      for (std::uint64_t step : {std::uint64_t{1}, std::uint64_t{1} << 32}) {
        for (std::uint64_t n = 0; n < 7; ++n) {
          std::uint64_t const position = (mantissa << (power - 1)) + (n - 3) * step;
          auto const k = static_cast<std::uint32_t>(position >> 32);
          auto const t = static_cast<std::uint32_t>(position);
          try_address({k, t});
          try_address({~k, t});
        }
      }
    }
  }
  return worst;
}

TEST(YardstickQuick, ErrorIsNegligible) {
  static_assert(std::numeric_limits<long double>::digits >= 64);
  double const error = largest_yardstick_error<11>();
  std::cout << "yardstick: largest error " << error << " ulp of float\n";
  EXPECT_LT(error, 1e-6);  // moves the 1.4 by nothing, and a mean by 1e-13 of itself
}

TEST(YardstickQuick, AShorterSeriesIsNoticed) { EXPECT_GT(largest_yardstick_error<7>(), 1e-6); }

}  // namespace
}  // namespace dsgd::test
