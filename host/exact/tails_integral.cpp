#include "exact/tails_integral.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <complex>

namespace dsgd::exact {
namespace {

/// Integrals of a tail p(x) and of |x - c| p(x), taken together as real and imaginary part.
using Pair = std::complex<double>;

constexpr int most_panels = 20'000;
constexpr int deepest = 40;
constexpr double horizon = 1e300;

/// Integrates one side of the median.
class Side {
 public:
  Side(std::function<double(double)> tail, double center) : tail_(std::move(tail)), center_(center) {}

  /// Adds the interval between two points.
  void add(double from, double to) {
    if (from == to) return;
    double const farthest = std::max(std::abs(from - center_), std::abs(to - center_));
    sum_ += refined(std::min(from, to), std::max(from, to), farthest, deepest, 0);
  }

  /// First width of the panels towards an end: the distance at which the tail has fallen to about a quarter,
  /// or next to 0 where an atom sits at the center.
  double width_of_bulk(double end) {
    double width = end - center_;
    while (std::abs(width) > 1e-300 && tail_(center_ + width / 2) < 0.25) width /= 2;
    bulk_ = std::abs(width);
    return bulk_;
  }

  double tail(double x) const { return tail_(x); }
  Pair sum() const { return sum_; }
  bool failed() const { return unresolved_ || panels_ > most_panels; }

 private:
  /// Integrates one panel, and its halves where that is not exact enough.
  /// @param scale  makes real and imaginary part comparable
  /// @param whole  size of the integral of which this is a part
  Pair refined(double left, double right, double scale, int depth, double whole) {
    ++panels_;
    // The interval becomes [-1, 1]: for others some versions of Boost forget to scale the error.
    double const middle = left + (right - left) / 2;
    double const half = (right - left) / 2;
    auto const both = [&](double u) {
      double const x = middle + half * u;
      double const p = half * tail_(x);
      return Pair{p, std::abs(x - center_) / scale * p};
    };
    double error = 0;
    Pair const value =
        boost::math::quadrature::gauss_kronrod<double, 15>::integrate(both, -1, 1, 0, 0.0, &error);
    double const so_far = std::min(sum_.real(), sum_.imag() / scale);  // both must come out right
    double const size = std::max({whole, std::abs(value), so_far});
    double const rounding = 1e-16 * std::abs(center_) * std::min(1.0, bulk_ / scale);
    bool const resolved = error <= std::max(1e-13 * size, rounding);
    if (resolved || depth == 0 || failed() || middle == left || middle == right) {
      if (!resolved && depth == 0) unresolved_ = true;
      return {value.real(), value.imag() * scale};
    }
    return refined(left, middle, scale, depth - 1, size) + refined(middle, right, scale, depth - 1, size);
  }

  std::function<double(double)> tail_;
  double center_;
  double bulk_ = 0;
  Pair sum_ = 0;
  int panels_ = 0;
  bool unresolved_ = false;
};

/// The median, or the next number above.
double median_of(TailFunction const& tails) {
  double const start = tails.breaks.front();
  auto const beyond = [&](double distance) { return tails.at(start + distance).below >= 0.5; };
  double far = tails.reach - start;
  while (far > 0 && beyond(far / 4)) far /= 4;
  double near = far / 4;
  for (int i = 0; i < 54; ++i) (beyond((near + far) / 2) ? far : near) = (near + far) / 2;
  return start + far;
}

/// True where what lies beyond this distance, falling at least like the power, is nothing beside the sum of
/// the moments that exist.
bool is_negligible(double rest, double distance, double index, Pair sum) {
  if (rest == 0) return index > 8;  // a slower tail that has underflown may still hold much of the variance
  if (index <= 2) return rest * distance / (1 - 1 / index) <= 1e-16 * sum.real();
  return rest * distance * distance / (1 - 2 / index) <= 1e-16 * sum.imag();
}

/// Integrals beyond x, where the upper tail has become its power of x. @return nothing where it has not
std::optional<Pair> power_tail(Side const& side, double x, double center, double index) {
  double const p = side.tail(x);
  if (!(std::abs(side.tail(2 * x) / p * std::exp2(index) - 1) < 1e-12)) return std::nullopt;
  double const first = p * x / (index - 1);
  if (index <= 2) return Pair{first, 0};
  return Pair{first, p * x * x / (index - 2) - center * first};
}

/// Integrals above the center. @return nothing where it does not end
std::optional<Pair> integral_above(TailFunction const& tails, double center) {
  Side side([&](double x) { return tails.at(x).above; }, center);
  double const index = tails.tail_index;
  double width = side.width_of_bulk(tails.reach);
  for (double left = center; !side.failed() && left < horizon;) {
    auto const next = std::ranges::upper_bound(tails.breaks, left);
    double const right = next != tails.breaks.end() ? std::min(*next, left + width) : left + width;
    if (right == left + width) width *= 2;
    side.add(left, right);
    left = right;
    double const rest = side.tail(left);
    bool const beyond = left >= tails.reach || rest == 0;
    if (beyond && is_negligible(rest, left - center, index, side.sum())) return side.sum();
    if (index == infinite || next != tails.breaks.end()) continue;
    if (std::optional<Pair> const tail = power_tail(side, left, center, index)) return side.sum() + *tail;
  }
  return std::nullopt;
}

/// Integrals below the center. @return nothing where it takes too long
std::optional<Pair> integral_below(TailFunction const& tails, double center) {
  Side side([&](double x) { return tails.at(x).below; }, center);
  double const start = tails.breaks.front();
  double width = side.width_of_bulk(start);
  for (double right = center; right > start && side.tail(right) > 0 && !side.failed();) {
    double const last_break = *(std::ranges::lower_bound(tails.breaks, right) - 1);
    double const left = std::max(last_break, right - width);
    if (left == right - width) width *= 2;
    side.add(right, left);
    right = left;
  }
  return side.failed() ? std::nullopt : std::optional(side.sum());
}

}  // namespace

std::optional<Moments> moments_of(TailFunction const& tails) {
  if (tails.tail_index <= 1) return Moments{infinite, infinite};
  double const center = median_of(tails);
  std::optional<Pair> const above = integral_above(tails, center);
  std::optional<Pair> const below = integral_below(tails, center);
  if (!above || !below) return std::nullopt;
  double const rise = above->real() - below->real();
  double const mean = center + rise;
  if (tails.tail_index <= 2) return Moments{mean, infinite};
  double const variance = 2 * (above->imag() + below->imag()) - rise * rise;
  // Below this the rounding of x would show in the tenth digit.
  if (variance != 0 && variance < 1e-12 * mean * mean) return Moments{mean, std::nullopt};
  return Moments{mean, variance};
}

}  // namespace dsgd::exact
