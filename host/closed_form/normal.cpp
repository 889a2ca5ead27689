#include "closed_form/normal.hpp"

#include <cmath>
#include <numbers>

namespace dsgd {

double two_sided_p(double z) { return std::erfc(std::abs(z) / std::numbers::sqrt2); }

}  // namespace dsgd
