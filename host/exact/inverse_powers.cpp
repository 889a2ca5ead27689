#include "exact/inverse_powers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "dsgd/expects.hpp"

namespace dsgd::exact {
namespace {

/// From this number on the series of Euler and Maclaurin is as good as the sum itself.
constexpr std::uint64_t far = 64;

double added_one_by_one(std::uint64_t first, std::uint64_t last, int power) {
  double sum = 0;
  for (std::uint64_t i = last; i >= first; --i) sum += std::pow(static_cast<double>(i), -power);
  return sum;
}

/// The sum by Euler and Maclaurin's series, with differences of powers taken by expm1.
/// @pre far <= first < last
double by_series(std::uint64_t first, std::uint64_t last, int power) {
  DSGD_EXPECTS(far <= first && first < last);
  constexpr std::array bernoulli_over_factorial{1.0 / 12,       -1.0 / 720,     1.0 / 30240,
                                                -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000};
  auto const begin = static_cast<double>(first);
  double const log_ratio = std::log1p(static_cast<double>(last - first) / begin);
  auto const difference = [&](int s) { return -std::pow(begin, -s) * std::expm1(-s * log_ratio); };

  double const ends = (std::pow(begin, -power) + std::pow(static_cast<double>(last), -power)) / 2;
  double sum = ends + (power == 1 ? log_ratio : difference(power - 1) / (power - 1));
  double rising = power;  // power (power + 1) ... (power + 2 n)
  int s = power + 1;
  for (double const coefficient : bernoulli_over_factorial) {
    sum += coefficient * rising * difference(s);
    rising *= static_cast<double>(s) * (s + 1);
    s += 2;
  }
  return sum;
}

}  // namespace

double inverse_power_sum(std::uint64_t first, std::uint64_t last, int power) {
  DSGD_EXPECTS(1 <= first && first <= last && last >> 63 == 0 && 1 <= power && power <= 16);
  if (last - first < far) return added_one_by_one(first, last, power);
  if (first >= far) return by_series(first, last, power);
  return by_series(far, last, power) + added_one_by_one(first, far - 1, power);
}

}  // namespace dsgd::exact
