#include <algorithm>
#include <cmath>
#include <functional>

#include "exact/bell.hpp"
#include "exact/logit_beta.hpp"
#include "exact/order_statistic.hpp"

namespace dsgd::exact {
namespace {

/// First step of the trapezoidal rule, in widths of the bell. One halving suffices for most laws.
constexpr double first_step = 0.4;

/// The K-th smallest as a function of a number whose density is a bell, for bell_moments() and bell_mean().
struct Bell {
  std::function<WeightedValue(double)> at;  ///< values are above that of the bell's middle
  double start, step, reach;
};

/// Integrates over the logit of the distribution function, where the value is the law's quantile.
template <Continuous L>
Bell over_logit(L const& law, LogitBeta const& beta) {
  double const e0 = beta.hazard(0);
  double const x0 = law.at_hazard(e0);
  auto const at = [&law, &beta, e0, x0](double delta) -> WeightedValue {
    return {std::exp(beta.log_density(delta)),
            law.rise(x0, {e0, beta.hazard(delta), beta.hazard_rise(delta)})};
  };
  return {at, x0, first_step * beta.spread(), 0};
}

/// Integrates over the logarithm of the value: a mixture of two scales has a quantile function with a corner
/// where one scale takes over from the other, but is smooth at each.
Bell over_logarithm(Hyperexponential const& law, LogitBeta const& beta) {
  double const x0 = law.at_hazard(beta.hazard(0));
  auto const slope = [&law](double x) {  // slope of the logit over log x
    double const hazard = law.cumulative_hazard(x);
    return -x * law.density(x) * std::exp(hazard) / std::expm1(-hazard);
  };
  auto const at = [&law, &beta, x0, slope](double s) -> WeightedValue {
    double const x = x0 * std::exp(s);
    double const hazard = law.cumulative_hazard(x);
    double const log_density = beta.log_density(beta.delta(hazard));
    if (log_density < -700) return {0, 0};
    return {std::exp(log_density) * slope(x), x0 * std::expm1(s)};
  };
  double const step = first_step * std::min(1.0, beta.spread() / slope(x0));
  double const reach = std::log(1 / (law.slow_rate() * x0));
  return {at, x0, step, reach};
}

template <Continuous L>
std::optional<Bell> bell_of(L const& law, LogitBeta const& beta) {
  return over_logit(law, beta);
}

std::optional<Bell> bell_of(Hyperexponential const& law, LogitBeta const& beta) {
  // The logarithm would round the place of a bell as narrow as this too much; few such bells lie across a
  // corner.
  return beta.spread() < 1e-3 ? over_logit(law, beta) : over_logarithm(law, beta);
}

template <class L>
std::optional<Bell> bell_of(L const&, LogitBeta const&) {
  return std::nullopt;
}

}  // namespace

std::optional<Moments> order_statistic_quadrature(Law const& law, std::uint64_t workers, std::uint64_t rank) {
  if (order_statistic_tail_index(law, workers, rank) <= 2) return std::nullopt;
  LogitBeta const beta(workers, rank);
  std::optional<Bell> const bell = std::visit([&](auto const& l) { return bell_of(l, beta); }, law);
  if (!bell) return std::nullopt;
  return bell_moments(bell->at, bell->start, bell->step, bell->reach);
}

std::optional<double> order_statistic_mean(Law const& law, std::uint64_t workers, std::uint64_t rank,
                                           std::function<double(double)> const& value) {
  LogitBeta const beta(workers, rank);
  std::optional<Bell> const bell = std::visit([&](auto const& l) { return bell_of(l, beta); }, law);
  if (!bell) return std::nullopt;
  auto const at = [&](double s) -> WeightedValue {
    auto const [weight, rise] = bell->at(s);
    return {weight, weight == 0 ? 0 : value(bell->start + rise)};
  };
  return bell_mean(at, bell->step, bell->reach);
}

}  // namespace dsgd::exact
