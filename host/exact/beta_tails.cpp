#include "exact/beta_tails.hpp"

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "dsgd/expects.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

BetaTails::BetaTails(std::uint64_t workers, std::uint64_t rank)
    : workers_(workers), rank_(rank), beta_(workers, rank), mass_(beta_.integral(-infinite, infinite)) {
  DSGD_EXPECTS(workers < std::uint64_t{1} << 62);
}

Tails BetaTails::at(double hazard) const {
  if (hazard <= 0) return {0, 1};
  if (hazard == infinite) return {1, 0};
  // The fastest is above x where all are, the slowest below where all are. log(1 - exp(-h)) is taken in the
  // form that keeps its digits. Source: Maechler, "Accurately Computing log(1 - exp(-|a|))", 2012.
  auto const all = static_cast<double>(workers_);
  if (rank_ == 1) return {-std::expm1(-all * hazard), std::exp(-all * hazard)};
  if (rank_ == workers_) {
    double const log_below = hazard < 1 ? std::log(-std::expm1(-hazard)) : std::log1p(-std::exp(-hazard));
    return {std::exp(all * log_below), -std::expm1(all * log_below)};
  }
  // For other ranks the side away from the mode is integrated: the other side is what remains of 1.
  double const delta = beta_.delta(hazard);
  if (delta > 0) {
    double const above = beta_.integral(delta, infinite) / mass_;
    return {1 - above, above};
  }
  double const below = beta_.integral(-infinite, delta) / mass_;
  return {below, 1 - below};
}

double BetaTails::hazard_at(double probability) const {
  DSGD_EXPECTS(0 < probability && probability < 1);
  auto const all = static_cast<double>(workers_);
  if (rank_ == 1) return -std::log1p(-probability) / all;
  if (rank_ == workers_) {
    double const log_below = std::log(probability) / all;
    return log_below > -0.5 ? -std::log(-std::expm1(log_below)) : -std::log1p(-std::exp(log_below));
  }
  // Newton's rule for the logarithm of the smaller tail, which is concave as the bell is: it converges from
  // wherever it begins.
  bool const from_below = probability <= 0.5;
  double const wanted = std::log(from_below ? probability : 1 - probability);
  double delta = beta_.spread() * boost::math::quantile(boost::math::normal(), probability);
  constexpr int most_steps = 100;  // about five are taken
  for (int i = 0; i < most_steps; ++i) {
    double const tail = from_below ? beta_.integral(-infinite, delta) : beta_.integral(delta, infinite);
    double const excess = std::log(tail / mass_) - wanted;
    double const step = excess * tail / std::exp(beta_.log_density(delta));
    delta += from_below ? -step : step;
    if (std::abs(excess) < 1e-13) break;
  }
  return beta_.hazard(delta);
}

}  // namespace dsgd::exact
