#pragma once

#include <cstdint>

namespace dsgd::exact {

/// The cumulative probability of the K-th smallest of m values is B ~ Beta(K, m - K + 1). In its logit
/// log(B / (1 - B)) it is a log-concave bell with exponential tails for every m and K, analytic for
/// |imaginary part| < pi: there the trapezoidal rule converges geometrically. delta is that logit, measured
/// from the mode.
class LogitBeta {
 public:
  /// @pre 1 <= rank <= workers < 2^63
  LogitBeta(std::uint64_t workers, std::uint64_t rank);

  /// Log of the density over the density at the mode. Absolute error below 1e-13 where it is above -45, for
  /// every m: nothing cancels.
  double log_density(double delta) const;

  /// Width of the bell: its standard deviation up to a factor of 1.3.
  double spread() const;

  /// Cumulative hazard -log(1 - B) at delta, relative error below 1e-14.
  double hazard(double delta) const;

  /// The inverse of hazard(). @pre 0 < hazard
  double delta(double hazard) const;

  /// hazard(delta) - hazard(0) without cancellation.
  double hazard_rise(double delta) const;

  /// Integral of exp(log_density). @pre from <= to; either may be infinite
  double integral(double from, double to) const;

 private:
  double mode_odds() const { return below_ / above_; }
  double mode_logit() const;
  /// Integral from the end nearer to the mode to the other end.
  double outwards(double from, double to) const;
  /// Integral of one panel. @param rate  largest relative slope of the density in it
  double panel(double left, double right, double rate) const;

  double below_, above_;  ///< K, m - K + 1
};

}  // namespace dsgd::exact
