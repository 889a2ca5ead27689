#include "exact/sums.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dsgd/expects.hpp"

namespace dsgd::exact {
namespace {

constexpr std::uint64_t most_uniforms = 64;

/// Sums of more terms than this have so many derivatives everywhere that quadrature needs no breaks for them.
constexpr std::uint64_t most_rough = 12;

/// Lower halves of the distribution functions of sums of up to 64 uniform numbers on [0, 1]; the upper halves
/// mirror them. Between two integers each is a polynomial, kept by its coefficients for Bernstein's basis:
/// these are positive, and come from those of one term less by
///   n F_n(x) = x F_(n-1)(x) + (n - x) F_(n-1)(x - 1)
/// without a subtraction, so that nothing cancels, as it would in the well-known alternating sum.
class IrwinHall {
 public:
  IrwinHall() {
    halves_.push_back({{1.0}});  // the sum of no terms: certain from 0 on
    for (std::uint64_t n = 1; n <= most_uniforms; ++n) {
      std::vector<Piece> half;
      for (std::uint64_t i = 0; 2 * i < n; ++i) half.push_back(piece(n, i));
      halves_.push_back(std::move(half));
    }
    for (std::vector<Piece>& half : halves_)
      for (Piece& piece : half) times_binomials(piece);
  }

  /// P(sum <= x). @pre 0 < x <= n / 2
  double lower_half(std::uint64_t n, double x) const {
    DSGD_EXPECTS(0 < x && x <= static_cast<double>(n) / 2);
    auto const i = static_cast<std::size_t>(std::ceil(x)) - 1;
    Piece const& piece = halves_[n][i];
    double const u = x - static_cast<double>(i);
    // Horner's rule is applied in the ratio that is at most 1.
    double sum = 0;
    if (u < 0.5) {
      double const ratio = u / (1 - u);
      for (std::size_t j = n + 1; j > 0; --j) sum = sum * ratio + piece[j - 1];
      return sum * std::pow(1 - u, static_cast<double>(n));
    }
    double const ratio = (1 - u) / u;
    for (double const coefficient : piece) sum = sum * ratio + coefficient;
    return sum * std::pow(u, static_cast<double>(n));
  }

 private:
  /// Coefficients on [i, i + 1], from that of (1 - u)^n to that of u^n.
  using Piece = std::vector<double>;

  /// Coefficients for n terms, on [i, i + 1] in the lower half, or just beyond it where n is even.
  Piece piece(std::uint64_t n, std::uint64_t i) const {
    Piece result(n + 1);
    auto const terms = static_cast<double>(n);
    auto const left = static_cast<double>(i);
    // Adds a linear function with these ends, times a polynomial of one degree less.
    auto const add = [&](double at_left, double at_right, Piece const& factor) {
      for (std::size_t j = 0; j < n; ++j) {
        result[j] += at_left * static_cast<double>(n - j) / terms * factor[j] / terms;
        result[j + 1] += at_right * static_cast<double>(j + 1) / terms * factor[j] / terms;
      }
    };
    add(left, left + 1, lower(n - 1, i));
    if (i > 0) add(terms - left, terms - left - 1, lower(n - 1, i - 1));
    return result;
  }

  /// The piece of n terms on [i, i + 1], mirrored where it is the first beyond the lower half.
  Piece lower(std::uint64_t n, std::uint64_t i) const {
    if (i < halves_[n].size()) return halves_[n][i];
    Piece result = halves_[n][n - 1 - i];
    std::ranges::reverse(result);
    for (double& coefficient : result) coefficient = 1 - coefficient;
    return result;
  }

  /// Multiplies coefficient j of n by (n over j).
  static void times_binomials(Piece& piece) {
    double choose = 1;
    std::size_t const n = piece.size() - 1;
    for (std::size_t j = 0; j <= n; ++j) {
      piece[j] *= choose;
      choose *= static_cast<double>(n - j) / static_cast<double>(j + 1);
    }
  }

  std::vector<std::vector<Piece>> halves_;
};

double lower_half(std::uint64_t n, double x) {
  static IrwinHall const tables;
  return tables.lower_half(n, x);
}

SumTails uniform_tails(Uniform const& law, std::uint64_t most) {
  double const width = law.high - law.low;
  SumTails result;
  result.at = [=](std::uint64_t n, double x) {
    return irwin_hall(n, (x - static_cast<double>(n) * law.low) / width);
  };
  for (std::uint64_t n = 1; n <= std::min(most, most_rough); ++n) {
    for (std::uint64_t i = 0; i <= n; ++i) {
      result.breaks.push_back(static_cast<double>(n) * law.low + static_cast<double>(i) * width);
    }
  }
  return result;
}

}  // namespace

std::optional<Law> law_of_sum(Law const& law, std::uint64_t n) {
  auto const count = static_cast<double>(n);
  if (n == 1) return law;
  if (auto const* e = std::get_if<ShiftedExponential>(&law)) return Gamma{count, e->rate, count * e->shift};
  if (auto const* g = std::get_if<Gamma>(&law)) return Gamma{count * g->shape, g->rate, count * g->shift};
  if (auto const* c = std::get_if<Constant>(&law)) return Constant{count * c->value};
  return std::nullopt;
}

Tails irwin_hall(std::uint64_t n, double x) {
  DSGD_EXPECTS(n <= most_uniforms);
  auto const most = static_cast<double>(n);
  if (x <= 0) return {0, 1};
  if (x >= most) return {1, 0};
  if (x > most / 2) {
    double const above = lower_half(n, most - x);
    return {1 - above, above};
  }
  double const below = lower_half(n, x);
  return {below, 1 - below};
}

std::optional<SumTails> sum_tails(Law const& law, std::uint64_t most) {
  if (auto const* uniform = std::get_if<Uniform>(&law)) {
    if (most > most_uniforms) return std::nullopt;
    return uniform_tails(*uniform, most);
  }
  if (!law_of_sum(law, 2)) return std::nullopt;
  SumTails result;
  std::vector<Law> sums;
  for (std::uint64_t n = 1; n <= most; ++n) {
    sums.push_back(*law_of_sum(law, n));
    result.breaks.push_back(lower(sums.back()));
  }
  result.at = [sums](std::uint64_t n, double x) -> Tails {
    double const hazard = cumulative_hazard(sums[n - 1], x);
    return {-std::expm1(-hazard), std::exp(-hazard)};
  };
  return result;
}

}  // namespace dsgd::exact
