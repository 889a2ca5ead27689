#include "race/best_rate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "text/number.hpp"

namespace dsgd {

double best_rate(double largest, std::function<double(double rate)> const& loss) {
  constexpr int steps = 28;
  auto const on_grid = [&](int step) { return largest * std::exp2(-0.5 * step); };
  int best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (int step = 0; step <= steps; ++step)
    if (double const here = loss(on_grid(step)); here < least) least = here, best = step;

  constexpr double golden = 0.6180339887498949;
  double low = std::log(on_grid(std::min(best + 1, steps))), high = std::log(on_grid(std::max(best - 1, 0)));
  double left = high - golden * (high - low), right = low + golden * (high - low);
  double of_left = loss(std::exp(left)), of_right = loss(std::exp(right));
  while (high - low > 2e-3) {
    if (of_left <= of_right) {
      high = right;
      right = left, of_right = of_left;
      left = high - golden * (high - low), of_left = loss(std::exp(left));
    } else {
      low = left;
      left = right, of_left = of_right;
      right = low + golden * (high - low), of_right = loss(std::exp(right));
    }
  }
  return round_to_digits(std::exp((low + high) / 2), 3);
}

}  // namespace dsgd
