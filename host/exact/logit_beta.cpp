#include "exact/logit_beta.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "dsgd/expects.hpp"

namespace dsgd::exact {
namespace {

/// exp(x) - 1 - x by its series. @pre |x| <= 0.1
double expm1_minus(double x) {
  DSGD_EXPECTS(std::abs(x) <= 0.1);
  double nested = 1;
  for (int n = 10; n > 2; --n) nested = 1 + x / n * nested;
  return x * x / 2 * nested;
}

/// log(1 + x) - x by its series. @pre |x| <= 0.06
double log1p_minus(double x) {
  DSGD_EXPECTS(std::abs(x) <= 0.06);
  double nested = 1.0 / 14;
  for (int n = 13; n >= 2; --n) nested = 1.0 / n - x * nested;
  return -x * x * nested;
}

}  // namespace

LogitBeta::LogitBeta(std::uint64_t workers, std::uint64_t rank)
    : below_(static_cast<double>(rank)), above_(static_cast<double>(workers - rank + 1)) {
  DSGD_EXPECTS(1 <= rank && rank <= workers && workers >> 63 == 0);
}

double LogitBeta::log_density(double delta) const {
  // The bell is mirrored where the mode of B is above 1/2: then at most half is left to cancel.
  double const a = std::min(below_, above_);
  double const n = below_ + above_;
  double const d = below_ <= above_ ? delta : -delta;
  double const u = a / n * std::expm1(d);
  if (std::abs(d) < 0.1) return -a * expm1_minus(d) - n * log1p_minus(u);
  return a * d - n * std::log1p(u);
}

double LogitBeta::mode_logit() const { return std::log(mode_odds()); }

double LogitBeta::spread() const { return std::sqrt(1 / below_ + 1 / above_); }

double LogitBeta::hazard(double delta) const {
  double const odds = mode_odds() * std::exp(delta);
  return odds < 1e17 ? std::log1p(odds) : mode_logit() + delta;
}

double LogitBeta::delta(double hazard) const {
  DSGD_EXPECTS(hazard > 0);
  return hazard < 30 ? std::log(std::expm1(hazard) / mode_odds()) : hazard - mode_logit();
}

double LogitBeta::hazard_rise(double delta) const {
  if (std::abs(delta) < 0.5) return std::log1p(below_ / (below_ + above_) * std::expm1(delta));
  return hazard(delta) - hazard(0);
}

/// Adds panels, as wide as a rule with 15 nodes is exact for, until the density is e^-45 of that at `from`.
double LogitBeta::outwards(double from, double to) const {
  double const direction = to > from ? 1 : -1;
  double const floor = log_density(from) - 45;
  double sum = 0;
  for (double left = from; left != to && log_density(left) > floor;) {
    double const slope = below_ * above_ * std::abs(std::expm1(left)) / (above_ + below_ * std::exp(left));
    double const width = std::min({1.5 * spread(), 4 / slope, std::abs(to - left)});
    double const right = width < std::abs(to - left) ? left + direction * width : to;
    // This panel is too narrow for a double to step over: its density falls by e^4 within a rounding.
    // The bell is log-concave, so that it has fallen by e^(2^52) or so from its mode to here, to nothing.
    if (right == left) break;
    sum += panel(std::min(left, right), std::max(left, right), std::max(1 / spread(), slope));
    left = right;
  }
  return sum;
}

/// Uses as many nodes as the panel needs, if the density changes by a factor of e in 1 / rate or more.
double LogitBeta::panel(double left, double right, double rate) const {
  auto const density = [this](double delta) { return std::exp(log_density(delta)); };
  double const width = right - left;
  if (rate * width > 0.3) return boost::math::quadrature::gauss<double, 15>::integrate(density, left, right);
  if (rate * width > 0.02) return boost::math::quadrature::gauss<double, 7>::integrate(density, left, right);
  double const middle = left + width / 2;
  double const offset = width / 2 * std::sqrt(0.6);
  return width * (5 * density(middle - offset) + 8 * density(middle) + 5 * density(middle + offset)) / 18;
}

double LogitBeta::integral(double from, double to) const {
  DSGD_EXPECTS(from <= to);
  if (from >= 0) return outwards(from, to);
  if (to <= 0) return outwards(to, from);
  return outwards(0, from) + outwards(0, to);
}

}  // namespace dsgd::exact
