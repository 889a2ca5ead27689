#include "exact/race/times.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "dsgd/expects.hpp"
#include "exact/law/policy.hpp"

namespace dsgd::exact {
namespace {

/// Ticks times stages: about a second.
constexpr double most_ticks_of_stages = 2e8;

/// What is known on the event that a stage is under way.
struct Stage {
  double probability = 0;
  RaceMoments moments;
};

/// The stages after one more tick.
class Ticks {
 public:
  Ticks(UpdateOfMoments const& update, double start, std::span<double const> rates)
      : update_(update), stages_(rates.size()) {
    largest_rate_ = *std::max_element(rates.begin(), rates.end());
    for (double const rate : rates) ends_.push_back(rate / largest_rate_);
    stages_.front() = {1, RaceMoments::at_start(start)};
  }

  double rate() const { return largest_rate_; }

  void advance() {
    Stage const& last = stages_.back();
    Stage entering =
        weighted(ends_.back(), {last.probability, update_.apply(last.moments, last.probability)});
    for (std::size_t s = 0; s < stages_.size(); ++s) {
      Stage const leaving = weighted(ends_[s], stages_[s]);
      add(stages_[s], -1, leaving);
      add(stages_[s], 1, entering);
      entering = leaving;
    }
  }

  double error() const {
    double sum = 0;
    for (Stage const& stage : stages_) sum += stage.moments.error();
    return sum;
  }

  /// The largest of the moments and `scale`, in absolute value, summed over the stages.
  double size(double scale) const {
    double sum = 0;
    for (Stage const& stage : stages_) {
      double largest = scale * stage.probability;
      for (double const value : stage.moments.value) largest = std::max(largest, std::abs(value));
      sum += largest;
    }
    return sum;
  }

 private:
  static Stage weighted(double weight, Stage stage) {
    stage.probability *= weight;
    for (double& value : stage.moments.value) value *= weight;
    return stage;
  }
  static void add(Stage& to, double sign, Stage const& what) {
    to.probability += sign * what.probability;
    for (std::size_t i = 0; i < RaceMoments::count; ++i) to.moments.value[i] += sign * what.moments.value[i];
  }

  UpdateOfMoments const& update_;
  std::vector<double> ends_;  ///< probability that a tick ends the stage
  std::vector<Stage> stages_;
  double largest_rate_;
};

/// P(a Poisson variable is j).
double poisson(double mean, double j) {
  if (mean == 0) return j == 0 ? 1 : 0;
  return boost::math::gamma_p_derivative(j + 1, mean, Policy());
}

}  // namespace

std::optional<std::vector<double>> errors_at(UpdateOfMoments const& update, double start,
                                             std::span<double const> rates, std::span<double const> times) {
  DSGD_EXPECTS(!rates.empty() && std::all_of(rates.begin(), rates.end(), [](double r) { return r > 0; }));
  std::vector<double> sums(times.size(), 0.0);
  // The larger the scale, the less what is added counts as growth; a sum ends later by its logarithm.
  double const scale = 4096 * (start * start + update.noise());
  if (times.empty() || scale == 0) return sums;
  Ticks ticks(update, start, rates);
  double const growth = update.largest_growth(scale);
  double const last = ticks.rate() * *std::max_element(times.begin(), times.end());
  double const most = last * growth + 40 * std::sqrt(last * growth) + 400;
  if (!(most * static_cast<double>(rates.size()) <= most_ticks_of_stages)) return std::nullopt;

  std::vector<bool> done(times.size(), false);
  for (std::uint64_t tick = 0; static_cast<double>(tick) < most; ++tick) {
    auto const j = static_cast<double>(tick);
    double const error = ticks.error(), size = ticks.size(scale);
    if (!std::isfinite(size)) return std::nullopt;
    bool all_done = true;
    for (std::size_t i = 0; i < times.size(); ++i) {
      if (done[i]) continue;
      double const mean = ticks.rate() * times[i];
      double const weight = poisson(mean, j);
      sums[i] += weight * error;
      double const ratio = mean * growth / (j + 1);  // of what follows to what is added, at most
      done[i] = ratio < 1 && weight * size * ratio / (1 - ratio) <= 1e-17 * sums[i];
      all_done = all_done && done[i];
    }
    if (all_done) return sums;
    ticks.advance();
  }
  return std::nullopt;
}

}  // namespace dsgd::exact
