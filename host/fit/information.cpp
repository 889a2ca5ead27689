#include "fit/information.hpp"

#include <cmath>

#include "dsgd/expects.hpp"

namespace dsgd::fit {

/// Second derivatives are central differences of the gradient, off by the square of the steps. They are
/// replaced by their Cholesky factor, which exists where the information is positive definite.
std::optional<Covariance> Covariance::at_maximum(SmoothFunction const& function, Coordinates const& at,
                                                 std::vector<double> const& steps, double count) {
  DSGD_EXPECTS(steps.size() == at.size() && count > 0);
  std::size_t const size = at.size();
  std::vector<std::vector<double>> slopes(size, std::vector<double>(size));
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<double> above(size), below(size);
    Coordinates moved = at;
    moved[i] = at[i] + steps[i];
    function(moved, above);
    moved[i] = at[i] - steps[i];
    function(moved, below);
    for (std::size_t j = 0; j < size; ++j) slopes[i][j] = count * (below[j] - above[j]) / (2 * steps[i]);
  }

  Covariance covariance;
  auto& factor = covariance.factor_;
  factor.assign(size, std::vector<double>(size));
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = (slopes[i][j] + slopes[j][i]) / 2;
      for (std::size_t k = 0; k < j; ++k) rest -= factor[i][k] * factor[j][k];
      if (i == j && !(rest > 0 && std::isfinite(rest))) return std::nullopt;
      factor[i][j] = i == j ? std::sqrt(rest) : rest / factor[j][j];
    }
  return covariance;
}

/// With information = L L', the variance of a form w is the square of the solution x of L x = w.
double Covariance::standard_error(std::vector<double> const& weights) const {
  DSGD_EXPECTS(weights.size() == factor_.size());
  std::vector<double> solution(weights.size());
  double variance = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    double rest = weights[i];
    for (std::size_t k = 0; k < i; ++k) rest -= factor_[i][k] * solution[k];
    solution[i] = rest / factor_[i][i];
    variance += solution[i] * solution[i];
  }
  return std::sqrt(variance);
}

}  // namespace dsgd::fit
