#include "closed_form/sums.hpp"

#include <cmath>

namespace dsgd::exact {
namespace {

constexpr std::uint64_t most_uniforms = 12;

/// Half of the distribution function where the other half mirrors it. @pre x <= n / 2
double lower_half(std::uint64_t n, double x) {
  double sum = 0;
  double term = 1;  // (-1)^i C(n, i) / n!
  for (std::uint64_t i = 2; i <= n; ++i) term /= static_cast<double>(i);
  for (std::uint64_t i = 0; static_cast<double>(i) < x; ++i) {
    sum += term * std::pow(x - static_cast<double>(i), static_cast<double>(n));
    term *= -static_cast<double>(n - i) / static_cast<double>(i + 1);
  }
  return sum;
}

SumTails uniform_tails(Uniform const& law, std::uint64_t most) {
  double const width = law.high - law.low;
  SumTails result;
  result.at = [=](std::uint64_t n, double x) {
    return irwin_hall(n, (x - static_cast<double>(n) * law.low) / width);
  };
  for (std::uint64_t n = 1; n <= most; ++n) {
    for (std::uint64_t i = 0; i <= n; ++i) {
      result.breaks.push_back(static_cast<double>(n) * law.low + static_cast<double>(i) * width);
    }
  }
  return result;
}

}  // namespace

std::optional<Law> law_of_sum(Law const& law, std::uint64_t n) {
  auto const count = static_cast<double>(n);
  if (n == 1) return law;
  if (auto const* e = std::get_if<ShiftedExponential>(&law)) return Gamma{count, e->rate, count * e->shift};
  if (auto const* g = std::get_if<Gamma>(&law)) return Gamma{count * g->shape, g->rate, count * g->shift};
  if (auto const* c = std::get_if<Constant>(&law)) return Constant{count * c->value};
  return std::nullopt;
}

Tails irwin_hall(std::uint64_t n, double x) {
  auto const most = static_cast<double>(n);
  if (x <= 0) return {0, 1};
  if (x >= most) return {1, 0};
  if (x > most / 2) {
    double const above = lower_half(n, most - x);
    return {1 - above, above};
  }
  double const below = lower_half(n, x);
  return {below, 1 - below};
}

std::optional<SumTails> sum_tails(Law const& law, std::uint64_t most) {
  if (auto const* uniform = std::get_if<Uniform>(&law)) {
    if (most > most_uniforms) return std::nullopt;
    return uniform_tails(*uniform, most);
  }
  if (!law_of_sum(law, 2)) return std::nullopt;
  SumTails result;
  std::vector<Law> sums;
  for (std::uint64_t n = 1; n <= most; ++n) {
    sums.push_back(*law_of_sum(law, n));
    result.breaks.push_back(lower(sums.back()));
  }
  result.at = [sums](std::uint64_t n, double x) -> Tails {
    double const hazard = cumulative_hazard(sums[n - 1], x);
    return {-std::expm1(-hazard), std::exp(-hazard)};
  };
  return result;
}

}  // namespace dsgd::exact
