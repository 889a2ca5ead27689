#include "exact/order_statistic.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "dsgd/expects.hpp"
#include "exact/inverse_powers.hpp"
#include "exact/law/policy.hpp"
#include "exact/steps.hpp"

namespace dsgd::exact {
namespace {

/// The K-th smallest is a sum of spacings E_i / i, m - K < i <= m. Source: Renyi 1953.
Moments closed_form(ShiftedExponential const& law, std::uint64_t workers, std::uint64_t rank) {
  std::uint64_t const first = workers - rank + 1;
  return transformed({inverse_power_sum(first, workers, 1), inverse_power_sum(first, workers, 2)}, law.shift,
                     1 / law.rate);
}

/// log X = log scale + sum of E_i / (i shape), so E[X] and E[X^2] are products over 1 - 1 / (i shape) and
/// 1 - 2 / (i shape). Their logarithms are sums of positive terms; far terms are added by powers of 1 / i.
std::optional<Moments> closed_form(Pareto const& law, std::uint64_t workers, std::uint64_t rank) {
  std::uint64_t const first = workers - rank + 1;
  double const index = law.shape * static_cast<double>(first);
  if (index <= 1) return Moments{infinite, infinite};
  double const c = 1 / law.shape;
  if (c > 1e6) return std::nullopt;  // too many terms that are not small

  auto const far = static_cast<std::uint64_t>(std::max(64.0, 32 * c));
  double log_mean = 0;
  double log_square_ratio = 0;  // log of E[X^2] / E[X]^2
  for (std::uint64_t i = first; i < far && i <= workers; ++i) {
    double const t = c / static_cast<double>(i);
    log_mean -= std::log1p(-t);
    if (index > 2) log_square_ratio += std::log1p(t * t / (1 - 2 * t));
  }
  if (workers >= far) {
    double power = 1;
    for (int n = 1; n <= 16; ++n) {
      power *= c;
      double const term = power / n * inverse_power_sum(std::max(first, far), workers, n);
      log_mean += term;
      log_square_ratio += (std::ldexp(1.0, n) - 2) * term;
    }
  }
  double const mean = law.scale * std::exp(log_mean);
  return Moments{mean, index <= 2 ? infinite : mean * mean * std::expm1(log_square_ratio)};
}

/// E[(X / scale)^p] of the K-th smallest, whose odds are those of a Beta(K, m - K + 1) number.
/// @pre p < shape (m - K + 1)
double power_mean(LogLogistic const& law, double p, std::uint64_t workers, std::uint64_t rank) {
  DSGD_EXPECTS(p < order_statistic_tail_index(law, workers, rank));
  double const by = p / law.shape;
  auto const below = static_cast<double>(rank);
  auto const above = static_cast<double>(workers - rank + 1);
  return 1 / (boost::math::tgamma_delta_ratio(below, by, Policy()) *
              boost::math::tgamma_delta_ratio(above, -by, Policy()));
}

/// Quadrature serves, except where the tail is so heavy that too much of the second moment lies beyond its
/// nodes: there few workers are slower, and the spread is so wide that the moments may be subtracted.
std::optional<Moments> closed_form(LogLogistic const& law, std::uint64_t workers, std::uint64_t rank) {
  double const index = order_statistic_tail_index(law, workers, rank);
  if (index > 3) return order_statistic_quadrature(law, workers, rank);
  if (index <= 1) return Moments{infinite, infinite};
  double const ratio = power_mean(law, 1, workers, rank);
  double const mean = law.scale * ratio;
  if (index <= 2) return Moments{mean, infinite};
  return Moments{mean, mean * mean * (power_mean(law, 2, workers, rank) / (ratio * ratio) - 1)};
}

/// The K-th smallest of m uniform numbers is Beta(K, m - K + 1).
Moments closed_form(Uniform const& law, std::uint64_t workers, std::uint64_t rank) {
  auto const below = static_cast<double>(rank);
  auto const above = static_cast<double>(workers - rank + 1);
  double const n = below + above;
  return transformed({below / n, below / n * (above / n) / (n + 1)}, law.low, law.high - law.low);
}

std::optional<Moments> closed_form(Weibull const& law, std::uint64_t workers, std::uint64_t rank) {
  if (rank != 1) return order_statistic_quadrature(law, workers, rank);
  Weibull const fastest{law.scale * std::pow(static_cast<double>(workers), -1 / law.shape), law.shape};
  return Moments{fastest.mean(), fastest.variance()};
}

Moments closed_form(Constant const& law, std::uint64_t, std::uint64_t) { return {law.value, 0.0}; }

Moments closed_form(TwoPoint const& law, std::uint64_t workers, std::uint64_t rank) {
  return moments_of(order_statistic_steps(law, workers, rank));
}

Moments closed_form(Empirical const& law, std::uint64_t workers, std::uint64_t rank) {
  return moments_of(order_statistic_steps(law, workers, rank));
}

template <class L>
std::optional<Moments> closed_form(Shifted<L> const& law, std::uint64_t workers, std::uint64_t rank) {
  std::optional<Moments> moments = order_statistic_moments(law.law, workers, rank);
  if (moments) moments->mean += law.shift;
  return moments;
}

template <class OtherLaw>
std::optional<Moments> closed_form(OtherLaw const& law, std::uint64_t workers, std::uint64_t rank) {
  return order_statistic_quadrature(law, workers, rank);
}

/// True where a moment is right: what overflows is not infinite, what underflows is only zero with atoms.
bool in_range(double moment, bool continuous) {
  return std::isfinite(moment) && (!continuous || moment >= std::numeric_limits<double>::min());
}

}  // namespace

std::optional<Moments> order_statistic_moments(Law const& law, std::uint64_t workers, std::uint64_t rank) {
  DSGD_EXPECTS(1 <= rank && rank <= workers && workers < std::uint64_t{1} << 62);
  std::optional<Moments> const moments =
      workers == 1
          ? Moments{mean(law), variance(law)}
          : std::visit([&](auto const& l) -> std::optional<Moments> { return closed_form(l, workers, rank); },
                       law);
  if (!moments) return std::nullopt;
  double const index = order_statistic_tail_index(law, workers, rank);
  bool const continuous = std::visit([]<class L>(L const&) { return Continuous<L>; }, law);
  if (index > 1 && !in_range(moments->mean, continuous)) return std::nullopt;
  if (index > 2 && !in_range(*moments->variance, continuous)) return Moments{moments->mean, std::nullopt};
  return moments;
}

}  // namespace dsgd::exact
