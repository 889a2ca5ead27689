#include "closed_form/normal.hpp"

#include <cmath>
#include <numbers>

namespace dsgd {

/// erfc and not 1 - erf, of which nothing would be left beyond z = 8.
double two_sided_p(double z) { return std::erfc(std::abs(z) / std::numbers::sqrt2); }

}  // namespace dsgd
