#include "exact/race/updates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dsgd/expects.hpp"

namespace dsgd::exact {
namespace {

constexpr std::size_t n = RaceMoments::count;

using Row = std::array<double, n>;

Row combined(double p, Row const& a, double q, Row const& b) {
  Row row;
  for (std::size_t i = 0; i < n; ++i) row[i] = p * a[i] + q * b[i];
  return row;
}

}  // namespace

UpdateOfMoments UpdateOfMoments::fresh(double contraction, double noise) {
  UpdateOfMoments update;
  update.linear_[0][0] = contraction;
  update.constant_[0] = noise;
  return update;
}

/// Who delivers takes the new model w' = w - (b / k) sum u_i + noise; who does not keeps its own.
UpdateOfMoments UpdateOfMoments::stored(double step, double noise, std::uint64_t workers,
                                        std::uint64_t gradients) {
  DSGD_EXPECTS(1 <= gradients && gradients < workers);
  auto const m = static_cast<double>(workers);
  auto const k = static_cast<double>(gradients);
  double const b = step, p = k / m, pairs = m * (m - 1);
  double const both = k * (k - 1) / pairs, one = 2 * k * (m - k) / pairs,
               none = (m - k) * (m - k - 1) / pairs;
  UpdateOfMoments update;
  Row const model{1, -2 * b, b * b / k, b * b * (k - 1) / k};
  Row const with_other{0, 1, 0, -b};  // the new model times that of a worker that has not delivered
  update.linear_ = {model, combined(p, model, 1 - p, with_other), combined(p, model, 1 - p, {0, 0, 1, 0}),
                    combined(1, combined(both, model, one, with_other), none, {0, 0, 0, 1})};
  double const added = noise / k;
  update.constant_ = {added, p * added, p * added, both * added};
  return update;
}

RaceMoments UpdateOfMoments::apply(RaceMoments const& before, double probability) const {
  RaceMoments after;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = constant_[i] * probability;
    for (std::size_t j = 0; j < n; ++j) sum += linear_[i][j] * before.value[j];
    after.value[i] = sum;
  }
  return after;
}

/// The spectral radius by Gelfand's formula, |M^(2^i)|^(2^-i): squaring 50 times leaves no more than rounding.
double UpdateOfMoments::growth() const {
  Matrix power = linear_;
  double logarithm = 0, share = 1;
  for (int squarings = 0; squarings < 50; ++squarings) {
    double size = 0;
    for (Row const& row : power)
      for (double const value : row) size = std::max(size, std::abs(value));
    if (size == 0) return 0;
    logarithm += share * std::log(size);
    share /= 2;
    Matrix squared{};
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        for (std::size_t l = 0; l < n; ++l) squared[i][j] += power[i][l] / size * (power[l][j] / size);
    power = squared;
  }
  return std::exp(logarithm);
}

double UpdateOfMoments::largest_growth(double scale) const {
  DSGD_EXPECTS(scale > 0);
  double largest = 1;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = constant_[i] / scale;
    for (std::size_t j = 0; j < n; ++j) sum += std::abs(linear_[i][j]);
    largest = std::max(largest, sum);
  }
  return largest;
}

double error_after(UpdateOfMoments const& update, double start, std::uint64_t updates) {
  RaceMoments moments = RaceMoments::at_start(start);
  for (std::uint64_t i = 0; i < updates; ++i) {
    RaceMoments const next = update(moments);
    if (!std::isfinite(next.error())) return std::numeric_limits<double>::infinity();
    if (next.value == moments.value) break;  // it is stationary
    moments = next;
  }
  return moments.error();
}

}  // namespace dsgd::exact
