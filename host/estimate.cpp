#include "estimate.hpp"

#include <cmath>

#include "closed_form/closed_form.hpp"
#include "closed_form/student_t.hpp"
#include "number.hpp"

namespace dsgd {
namespace {

/// (N S2 - S1^2) / (N (N - 1)), in squared ticks: the unbiased variance, exact but for one rounding. @pre N
/// >= 2
double variance_in_ticks(Summary const& summary) {
  WideUnsigned<1> const n{{summary.iterations}};
  WideUnsigned<1> const n_minus_1{{summary.iterations - 1}};
  WideUnsigned<2> const s1 = widen<2>(summary.ticks);
  WideUnsigned<4> difference = multiply(summary.squared_ticks, n);
  difference -= multiply(s1, s1);
  return divide(difference, widen<4>(multiply(n, n_minus_1)));
}

}  // namespace

Estimate estimate(Point const& point, Summary const& summary) {
  int const quantum_exponent = observable(point).quantum_exponent;
  double const mean_in_ticks = divide(widen<4>(summary.ticks), widen<4>(uint128{summary.iterations}));
  double const start = origin(point.law);

  Estimate result{};
  result.iterations = summary.iterations;
  result.mean = start + std::ldexp(mean_in_ticks, quantum_exponent);
  result.minimum = start + static_cast<double>(summary.minimum);
  result.maximum = start + static_cast<double>(summary.maximum);

  std::optional<Moments> const exact = exact_runtime(point);
  if (exact) result.expected = round_to_12_digits(exact->mean);
  if (summary.iterations < 2) return result;

  double const deviation = std::sqrt(std::ldexp(variance_in_ticks(summary), 2 * quantum_exponent));
  result.standard_deviation = deviation;
  if (deviation == 0) return result;

  double const error = deviation / std::sqrt(static_cast<double>(summary.iterations));
  double const half_width = student_t_95(summary.iterations - 1) * error;
  result.standard_error = error;
  result.ci95_low = round_to_12_digits(result.mean - half_width);
  result.ci95_high = round_to_12_digits(result.mean + half_width);
  if (exact) result.z = round_to_4_decimals((result.mean - exact->mean) / error);
  return result;
}

}  // namespace dsgd
