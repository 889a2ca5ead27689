#include "exact/tail_variance.hpp"

#include <cmath>

namespace dsgd::exact {

double variance_beyond(std::function<Tails(double)> const& tails, double mean, double distance) {
  // By parts this is d^2 P(X > mean + d) + 2 int_d^oo u P(X > mean + u) du. The nodes u grow by a constant
  // factor.
  constexpr int steps_per_octave = 12;
  constexpr int octaves = 60;
  double const factor = std::exp2(1.0 / steps_per_octave);
  double const width = std::log(2.0) / steps_per_octave;
  double sum = distance * distance * tails(mean + distance).above;
  double u = distance * std::sqrt(factor);
  for (int i = 0; i < octaves * steps_per_octave; ++i, u *= factor) {
    double const above = tails(mean + u).above;
    if (above == 0) break;
    sum += 2 * width * u * u * above;
  }
  return sum;
}

}  // namespace dsgd::exact
