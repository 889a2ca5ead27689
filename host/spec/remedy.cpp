#include "spec/remedy.hpp"

#include <algorithm>
#include <cmath>

#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr double nearest_to_0 = 1e-30;  ///< of values that are told apart from it in advice

/// The point at `share` of the way, in exponents where it does not pass 0.
double between(double from, double to, double share) {
  if (from > 0 && to > 0) return from * std::pow(to / from, share);
  return from + (to - from) * share;
}

/// Nearest to a value that will not do, on the way to the end of its range, that will: looked for in steps,
/// then by bisection; to three significant digits where these will do. 0 where every number beside it will do,
/// whether or not 0 itself will. NaN where nothing was found.
double nearest_that_will_do(double bad, double end, std::function<bool(double)> const& will_do) {
  constexpr int steps = 24;
  double good = bad;
  for (int i = 1; i <= steps; ++i) {
    good = i == steps ? end : between(bad, end, 1.0 / (steps - i + 1));
    if (will_do(good)) break;
    bad = good;
  }
  if (good == bad) return std::nan("");
  int const side = good > bad ? 1 : -1;
  while (std::abs(good - bad) > 1e-7 * std::abs(good)) {
    bool const around_0 = std::min(bad, good) <= 0 && std::max(bad, good) >= 0;
    if (around_0 && std::max(std::abs(bad), std::abs(good)) < nearest_to_0) return 0;
    double const middle = between(bad, good, 0.5);
    if (middle == good || middle == bad) break;
    (will_do(middle) ? good : bad) = middle;
  }
  double const unit = good == 0 ? 1 : std::pow(10.0, std::floor(std::log10(std::abs(good))) - 2);
  for (int const more : {0, side}) {
    double const rounded = round_to_12_digits((std::round(good / unit) + more) * unit);
    bool const in_range = side > 0 ? rounded <= end : rounded >= end;
    if (in_range && will_do(rounded)) return rounded;
  }
  return good;
}

}  // namespace

void append_remedy(std::string& text, std::string_view key, double value, double low, double high,
                   std::function<bool(double)> const& will_do) {
  for (double const end : {low, high}) {
    double const found = nearest_that_will_do(value, end, will_do);
    if (std::isnan(found)) continue;
    text.append(text.empty() ? "give " : ", or ").append(key);
    if (!will_do(found)) {
      text.append(end < value ? " below " : " above ").append(shortest(found));
      continue;
    }
    text.append("=").append(shortest(found));
    if (found != end) text.append(end < value ? " or less" : " or more");
  }
}

}  // namespace dsgd
