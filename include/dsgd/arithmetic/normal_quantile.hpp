/// Quantiles of the normal distribution, computed with portable_math.hpp alone: every compiler and every
/// machine give the same bits.
#pragma once

#include <cmath>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd::portable {

/// A polynomial of x by Horner's rule, its coefficients in falling order of their powers.
template <class... Lower>
DSGD_HD double polynomial(double x, double highest, Lower... lower) {
  ((highest = std::fma(highest, x, lower)), ...);
  return highest;
}

/// Says which of Wichura's three rational functions gives a quantile.
struct NormalRegion {
  bool center;  ///< |1/2 - u| <= 0.425
  bool far;     ///< the nearer end is below e^-25

  DSGD_HD double choose(double in_center, double near, double at_far) const {
    double const tail = far ? at_far : near;
    return center ? in_center : tail;
  }
};

/// The rational function of a region.
/// Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
/// 37, 1988, PPND16.
/// @param x  0.180625 - (1/2 - u)^2 in the center; elsewhere r - 1.6, or r - 5 far out, where r^2 is -log of
///           the distance to the nearer end
DSGD_HD double normal_quantile_ratio(NormalRegion region, double x) {
  double const numerator =
      polynomial(x, region.choose(2509.0809287301226727, 7.7454501427834140764e-4, 2.01033439929228813265e-7),
                 region.choose(33430.575583588128105, .0227238449892691845833, 2.71155556874348757815e-5),
                 region.choose(67265.770927008700853, .24178072517745061177, .0012426609473880784386),
                 region.choose(45921.953931549871457, 1.27045825245236838258, .026532189526576123093),
                 region.choose(13731.693765509461125, 3.64784832476320460504, .29656057182850489123),
                 region.choose(1971.5909503065514427, 5.7694972214606914055, 1.7848265399172913358),
                 region.choose(133.14166789178437745, 4.6303378461565452959, 5.4637849111641143699),
                 region.choose(3.387132872796366608, 1.42343711074968357734, 6.6579046435011037772));
  double const denominator = polynomial(
      x, region.choose(5226.495278852545925, 1.05075007164441684324e-9, 2.04426310338993978564e-15),
      region.choose(28729.085735721942674, 5.475938084995344946e-4, 1.4215117583164458887e-7),
      region.choose(39307.89580009271061, .0151986665636164571966, 1.8463183175100546818e-5),
      region.choose(21213.794301586595867, .14810397642748007459, 7.868691311456132591e-4),
      region.choose(5394.1960214247511077, .68976733498510000455, .0148753612908506148525),
      region.choose(687.1870074920579083, 1.6763848301838038494, .13692988092273580531),
      region.choose(42.313330701600911252, 2.05319162663775882187, .59983220655588793769), 1.0);
  return numerator / denominator;
}

/// The z with P(Z > z) = e^(-hazard), where Z is standard normal. Its relative error is below 1e-15, also
/// where z is near 0. There are no branches, so that compilers vectorise loops over it.
/// @param hazard  in [2.3e-308, 708]
/// @return        in [-37.5, 37.5]; increases with the hazard
DSGD_HD double normal_quantile_at(double hazard) {
  bool const long_end = hazard > 2.59;    // u < 0.075
  bool const short_end = hazard < 0.078;  // u > 0.925
  bool const center = !long_end && !short_end;

  // 1/2 - u = -expm1(-(hazard - log 2)) / 2, log 2 in two parts, of which the first is subtracted exactly
  // where it matters; 1 - u = -expm1(-hazard)
  double const beyond_median = (hazard - 0x1.62e42fefa39efp-1) - 0x1.abc9e3b39803fp-56;
  double const part = -expm1(center ? -beyond_median : -hazard);
  double const q = 0.5 * part;

  double const short_hazard = -log(short_end ? part : 1.0);
  double const r = std::sqrt(long_end ? hazard : short_hazard);
  NormalRegion const region{center, r > 5.0};
  double const ratio =
      normal_quantile_ratio(region, region.choose(std::fma(-q, q, 0.180625), r - 1.6, r - 5.0));
  double const tail = long_end ? ratio : -ratio;
  return center ? q * ratio : tail;
}

}  // namespace dsgd::portable
