#include "race/learning_rate.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include "exact/race/point.hpp"
#include "race/best_rate.hpp"
#include "race/estimate.hpp"

namespace dsgd {
namespace {

/// Replications from which a learning rate is judged: rates differ by far more than their noise, which all of them
/// share.
constexpr std::uint64_t most_judged = 2000;

class RateLoss {
 public:
  RateLoss(RateJudgement const& judgement, RaceEngine const& engine)
      : judgement_(judgement), engine_(engine) {}

  double operator()(RacePoint const& point) const {
    RaceMeasures const& by = judgement_.by;
    std::optional<ExactRace> const exact = exact_race(point);
    if (by.times.empty()) return error_after_updates(point, exact);
    if (exact)
      if (auto const errors = exact_errors_at(*exact, point.model, by.times)) return loss_of(*errors);
    RaceTask const task(point, {by.times, {}}, judgement_.seed, judgement_.is_common);
    return loss_of(mean_errors(task, judged(task)));
  }

 private:
  double error_after_updates(RacePoint const& point, std::optional<ExactRace> const& exact) const {
    std::uint64_t const updates = judgement_.by.updates.back();
    if (exact) return exact_error_after(*exact, point.model, updates);
    RaceTask const task(point, {{}, {updates}}, judgement_.seed, judgement_.is_common);
    RaceCheckpoint const at = judged(task).after_updates.front();
    return at.diverged > 0 ? std::numeric_limits<double>::infinity() : static_cast<double>(at.errors.ticks);
  }

  RaceSummary judged(RaceTask const& task) const {
    return race(task, std::min(judgement_.replications, most_judged), engine_);
  }

  double loss_of(std::vector<double> const& errors) const {
    RaceMeasures const& by = judgement_.by;
    if (!by.target) return errors.back();
    if (auto const time = first_crossing(by.times, errors, *by.target)) return *time;
    return by.times.back() * (1 + errors.back() / *by.target);  // the nearer the better, but not there
  }

  RateJudgement const& judgement_;
  RaceEngine const& engine_;
};

}  // namespace

double best_learning_rate(RacePoint const& point, RateJudgement const& judgement, RaceEngine const& engine) {
  std::vector<double> const& curvatures = point.model.curvatures;
  double const steepest = *std::max_element(curvatures.begin(), curvatures.end()) * point.model.factor_of(1);
  RateLoss const loss(judgement, engine);
  RacePoint with_rate = point;
  return best_rate(2 / steepest, [&](double rate) {
    if (engine.stop && engine.stop()) throw stopped_error();  // exact errors ask nobody
    with_rate.learning_rate = rate;
    return loss(with_rate);
  });
}

}  // namespace dsgd
