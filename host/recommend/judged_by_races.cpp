#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "dsgd/error.hpp"
#include "race/model.hpp"
#include "recommend/exponential_tail.hpp"
#include "recommend/judged.hpp"
#include "recommend/races.hpp"
#include "recommend/resampling.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

RaceOptions options_of(RecommendRequest const& request) {
  Sweep const& sweep = request.sweep.sweep;
  return {request.goal,
          request.model,
          sweep.iterations,
          sweep.seed,
          {"cpu", request.threads, request.stop, request.meter}};
}

/// @throws Error usage where there is nothing to train until the error is at the level
void require_level_below_start(RecommendRequest const& request) {
  if (request.goal.kind == Goal::Kind::error)
    require_below_start(request.model, request.goal.level, "--goal " + goal_text(request.goal));
}

/// The least mean error that any rule can have which adds up gradients, each of the model or of one before it, where
/// losses are common. Per direction the weight w ends as A w0 + sum of b_j noise_j, and sum of b_j = -(1 - A) /
/// curvature, as a shift of the minimum is a constant noise: the error is least for equal b_j and the best A.
double least_error(Quadratic const& model, double gradients) {
  double error = 0;
  for (double const curvature : model.curvatures) {
    double const start = model.start * model.start;
    double const noise = model.noise * model.noise / (curvature * curvature * gradients);
    if (start > 0) error += curvature / 2 * start * noise / (start + noise);
  }
  return error;
}

/// @throws Error usage where all gradients of the longest runs, and far more, cannot average the noise down to the
/// level
void require_level_above_noise(RecommendRequest const& request) {
  constexpr double far_more =
      1000;  // restarts may make more gradients than there are delays, but not so many
  if (request.goal.kind != Goal::Kind::error || !request.model.is_common()) return;
  double gradients = far_more * most_jobs_of_run;
  if (least_error(request.model, gradients) <= request.goal.level) return;
  while (least_error(request.model, 2 * gradients) > request.goal.level) gradients *= 2;
  throw Error(ExitCode::usage,
              "--goal " + goal_text(request.goal) + " takes more than " + significant(gradients, 2) +
                  " gradients, however they are averaged",
              "runs of " + shortest(most_jobs_of_run) + " delays are looked at",
              "give a larger error, or less noise in --model");
}

/// What is true of races of some of the candidates.
std::vector<std::string> cautions(RecommendRequest const& request, std::vector<Point> const& points) {
  bool const has_local_steps = std::any_of(points.begin(), points.end(), [](Point const& point) {
    auto const* const local = std::get_if<LocalSgd>(&point.strategy);
    return local != nullptr && local->steps > 1;
  });
  if (!has_local_steps || !request.model.is_common()) return {};
  return {
      "a loss that all workers share is blind to the steps of local-sgd (models that drift apart do no "
      "harm): give minima= and spread= in --model"};
}

/// The points of a law and what they come to.
struct Raced {
  std::vector<Point> points;
  std::vector<RacedValue> values;
};

/// Without those that do not come to the level.
Raced raced(RecommendRequest const& request, std::vector<Point> const& points, Judged& judged) {
  std::vector<std::optional<RacedValue>> values = raced_values(points, options_of(request));
  Raced found;
  double latest = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!values[i]) continue;
    if (!(values[i]->value > 0))
      throw Error(ExitCode::usage,
                  "--goal " + goal_text(request.goal) + " finds an error of 0 under --strategy " +
                      canonical_spec(points[i].strategy),
                  "nothing can be compared with it", "give an earlier time, or noise= in --model");
    latest = std::max(latest, values[i]->value);
    found.points.push_back(points[i]);
    found.values.push_back(std::move(*values[i]));
  }
  std::size_t const left = points.size() - found.points.size();
  if (left == points.size())
    throw Error(ExitCode::usage,
                "--goal " + goal_text(request.goal) + " is reached by no candidate under --law " +
                    fleet_spec(points.front()),
                "the mean error stays above it in runs of " + shortest(most_jobs_of_run) + " delays",
                "give a larger error, or less noise in --model");
  if (left > 0)
    judged.warnings.push_back(std::to_string(left) + " of " + counted(points.size(), "candidate") +
                              " left out: their mean error is not at " + shortest(request.goal.level) +
                              " within " + shortest(most_times_the_best) + " times the best one's time");
  return found;
}

/// True where an exponential tail alone makes the point better than sync with as many workers.
bool only_tail_favours(RecommendRequest const& request, Point const& point) {
  std::optional<Fleet> const other = with_gamma_delays(point.fleet);
  if (!other || std::holds_alternative<Sync>(point.strategy)) return false;
  auto const is_better_than_sync = [&](Fleet const& fleet) {
    std::vector<Point> both{point, point};
    for (Point& one : both) one.fleet = fleet;
    both[1].strategy = Sync{};
    auto const values = raced_values(both, options_of(request));
    return values[0] && (!values[1] || values[0]->value < values[1]->value);
  };
  return is_better_than_sync(point.fleet) && !is_better_than_sync(*other);
}

}  // namespace

Judged judged_by_races(RecommendRequest const& request, std::vector<Point> const& points) {
  require_level_below_start(request);
  require_level_above_noise(request);
  Judged judged{};
  judged.warnings = cautions(request, points);
  auto const all = std::make_shared<Raced const>(raced(request, points, judged));
  for (std::size_t i = 0; i < all->points.size(); ++i) {
    RacedValue const& value = all->values[i];
    Candidate candidate = candidate_of(all->points[i]);
    candidate.is_exact = value.is_exact;
    candidate.value = round_to_12_digits(value.value);
    candidate.learning_rate = value.learning_rate;
    if (!value.is_exact) judged.basis = Means::Basis::batches;
    judged.losses.push_back(candidate.value);
    judged.candidates.push_back(std::move(candidate));
  }
  std::optional<MeasuredRows> rows;
  if (points.front().fleet.is_measured()) {
    rows = rows_of(points.front().fleet);
    judged.basis = Means::Basis::steps;
    judged.rows = rows->rows;
    judged.block = rows->block;
  }
  auto const best = static_cast<std::size_t>(std::min_element(judged.losses.begin(), judged.losses.end()) -
                                             judged.losses.begin());
  judged.candidates[best].only_exponential = only_tail_favours(request, all->points[best]);
  judged.progress = [all, rows, losses = judged.losses](std::size_t one, std::size_t other) {
    Ratio ratio{losses[other] / losses[one], {}, {}};
    RacedValue const &a = all->values[other], &b = all->values[one];
    if (one == other || (!rows && a.is_exact && b.is_exact)) return ratio;
    double const half =
        std::hypot(uncertainty_of_runs(a, b).second, rows ? uncertainty_of_tables(a, b, *rows) : 0);
    ratio.low = ratio.value * std::exp(-half);
    ratio.high = ratio.value * std::exp(half);
    return ratio;
  };
  return judged;
}

}  // namespace dsgd
