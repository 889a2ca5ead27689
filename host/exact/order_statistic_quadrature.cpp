#include <algorithm>
#include <cmath>

#include "exact/bell.hpp"
#include "exact/order_statistic.hpp"

namespace dsgd::exact {
namespace {

/// First step of the trapezoidal rule, in widths of the bell. One halving suffices for most laws.
constexpr double first_step = 0.4;

/// Integrates over the logit of the distribution function, where the value is the law's quantile.
template <Continuous L>
std::optional<Moments> over_logit(L const& law, LogitBeta const& beta) {
  double const e0 = beta.hazard(0);
  double const x0 = law.at_hazard(e0);
  auto const at = [&](double delta) -> WeightedValue {
    return {std::exp(beta.log_density(delta)),
            law.rise(x0, {e0, beta.hazard(delta), beta.hazard_rise(delta)})};
  };
  return bell_moments(at, x0, first_step * beta.spread(), 0);
}

/// Integrates over the logarithm of the value: a mixture of two scales has a quantile function with a corner
/// where one scale takes over from the other, but is smooth at each.
std::optional<Moments> over_logarithm(Hyperexponential const& law, LogitBeta const& beta) {
  double const x0 = law.at_hazard(beta.hazard(0));
  auto const slope = [&](double x) {  // slope of the logit over log x
    double const hazard = law.cumulative_hazard(x);
    return -x * law.density(x) * std::exp(hazard) / std::expm1(-hazard);
  };
  auto const at = [&](double s) -> WeightedValue {
    double const x = x0 * std::exp(s);
    double const hazard = law.cumulative_hazard(x);
    double const log_density = beta.log_density(beta.delta(hazard));
    if (log_density < -700) return {0, 0};
    return {std::exp(log_density) * slope(x), x0 * std::expm1(s)};
  };
  double const step = first_step * std::min(1.0, beta.spread() / slope(x0));
  double const reach = std::log(1 / (law.slow_rate() * x0));
  return bell_moments(at, x0, step, reach);
}

template <Continuous L>
std::optional<Moments> quadrature(L const& law, LogitBeta const& beta) {
  return over_logit(law, beta);
}

std::optional<Moments> quadrature(Hyperexponential const& law, LogitBeta const& beta) {
  // The logarithm would round the place of a bell as narrow as this too much; few such bells lie across a
  // corner.
  return beta.spread() < 1e-3 ? over_logit(law, beta) : over_logarithm(law, beta);
}

template <class L>
std::optional<Moments> quadrature(L const&, LogitBeta const&) {
  return std::nullopt;
}

}  // namespace

std::optional<Moments> order_statistic_quadrature(Law const& law, std::uint64_t workers, std::uint64_t rank) {
  if (order_statistic_tail_index(law, workers, rank) <= 2) return std::nullopt;
  LogitBeta const beta(workers, rank);
  return std::visit([&](auto const& l) { return quadrature(l, beta); }, law);
}

}  // namespace dsgd::exact
