#include "exact/bell.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dsgd::exact {
namespace {

constexpr std::size_t most_nodes = 1 << 17;

/// Nodes are left out where both their weight and their share of the second moment are below this part of the
/// largest.
constexpr double negligible = 4e-18;

/// The error is squared when the step is halved: where two sums agree to 1e-9, the second is good to 1e-17.
constexpr double tolerance = 1e-9;

class Nodes {
 public:
  Nodes(std::function<WeightedValue(double)> const& at, double step, double reach) : at_(at), step_(step) {
    add(0);
    last_ = outermost(1, reach);
    first_ = -outermost(-1, 0);
  }

  void halve_step() {
    step_ /= 2;
    first_ *= 2;
    last_ *= 2;
    for (long i = first_ + 1; i < last_; i += 2) add(static_cast<double>(i) * step_);
  }

  bool too_many() const { return nodes_.size() > most_nodes; }

  /// Integral of the weight.
  double mass() const { return step_ * weights(); }

  Moments moments() const {
    double const all = weights();
    double first = 0;
    for (WeightedValue const& node : nodes_) first += node.weight * node.value;
    double const mean = first / all;
    double second = 0;
    for (WeightedValue const& node : nodes_)
      second += node.weight * (node.value - mean) * (node.value - mean);
    return {mean, second / all};
  }

 private:
  void add(double s) { nodes_.push_back(at_(s)); }

  double weights() const {
    double sum = 0;
    for (WeightedValue const& node : nodes_) sum += node.weight;
    return sum;
  }

  /// Adds nodes in one direction until they no longer matter. @return number of nodes
  long outermost(int direction, double reach) {
    double largest = 0;
    long i = 1;
    for (; !too_many(); ++i) {
      double const s = static_cast<double>(direction * i) * step_;
      add(s);
      WeightedValue const node = nodes_.back();
      double const share = node.weight * node.value * node.value;
      largest = std::max(largest, share);
      bool const seen_enough = s * direction >= reach || node.weight == 0;
      if (node.weight < negligible && share <= negligible * largest && seen_enough) break;
    }
    return i;
  }

  std::function<WeightedValue(double)> const& at_;
  double step_;
  long first_ = 0, last_ = 0;
  std::vector<WeightedValue> nodes_;
};

/// Halves the step until two sums agree.
/// @param agree  says whether two moments do, the second being the finer
template <class Agree>
std::optional<Moments> refined(Nodes nodes, Agree const& agree) {
  Moments coarse = nodes.moments();
  double coarse_mass = nodes.mass();
  while (!nodes.too_many()) {
    nodes.halve_step();
    Moments const fine = nodes.moments();
    double const mass = nodes.mass();
    if (!std::isfinite(fine.mean) || !std::isfinite(*fine.variance)) return std::nullopt;
    if (agree(coarse, fine) && std::abs(mass - coarse_mass) <= tolerance * mass) return fine;
    coarse = fine;
    coarse_mass = mass;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Moments> bell_moments(std::function<WeightedValue(double)> const& at, double start, double step,
                                    double reach) {
  auto const agree = [start](Moments const& coarse, Moments const& fine) {
    double const scale = std::min(std::sqrt(*fine.variance), start + fine.mean);
    return std::abs(fine.mean - coarse.mean) <= tolerance * scale &&
           std::abs(*fine.variance - *coarse.variance) <= tolerance * *fine.variance;
  };
  std::optional<Moments> const moments = refined(Nodes(at, step, reach), agree);
  if (!moments) return std::nullopt;
  return transformed(*moments, start, 1);
}

std::optional<double> bell_mean(std::function<WeightedValue(double)> const& at, double step, double reach) {
  auto const agree = [](Moments const& coarse, Moments const& fine) {
    return std::abs(fine.mean - coarse.mean) <= tolerance * fine.mean;
  };
  std::optional<Moments> const moments = refined(Nodes(at, step, reach), agree);
  if (!moments) return std::nullopt;
  return moments->mean;
}

}  // namespace dsgd::exact
