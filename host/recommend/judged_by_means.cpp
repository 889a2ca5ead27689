#include <memory>
#include <utility>
#include <variant>

#include "dsgd/error.hpp"
#include "exact/gradients.hpp"
#include "exact/point.hpp"
#include "recommend/exponential_tail.hpp"
#include "recommend/judged.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

UpdateSize size_of(Point const& point) {
  return {point.workers(), round_to_12_digits(mean_gradients(point))};
}

/// True where an exponential tail alone makes the point better than sync with as many workers.
bool only_exponential(Point const& point, Goal const& goal) {
  std::optional<Fleet> const other = with_gamma_delays(point.fleet);
  if (!other || point.server || std::holds_alternative<Sync>(point.strategy)) return false;
  auto const product = [&](Strategy const& strategy, Fleet const& fleet) -> std::optional<double> {
    Point changed = point;
    changed.strategy = strategy;
    changed.fleet = fleet;
    std::optional<Moments> const exact = exact_runtime(changed);
    if (!exact) return std::nullopt;
    return exact->mean * weight(goal, size_of(changed));
  };
  std::optional<double> const now = product(point.strategy, point.fleet), sync = product(Sync{}, point.fleet);
  std::optional<double> const then = product(point.strategy, *other), sync_then = product(Sync{}, *other);
  bool const are_known = now && sync && then && sync_then;
  return are_known && (*now < *sync) && (*then > *sync_then);
}

}  // namespace

Candidate candidate_of(Point const& point) {
  UpdateSize const size = size_of(point);
  Candidate candidate{};
  candidate.strategy = canonical_spec(point.strategy);
  candidate.workers = size.workers;
  candidate.gradients = size.gradients;
  // Where all meet, all begin with the model of the last update; but local models drift apart between meetings.
  candidate.is_fresh =
      point.workers() == 1 || (meets(point.strategy) && !std::holds_alternative<LocalSgd>(point.strategy));
  if (!candidate.is_fresh) candidate.staleness = exact_staleness(point);
  return candidate;
}

Judged judged_by_means(RecommendRequest const& request, std::vector<PlannedPoint> const& points) {
  Goal const& goal = request.goal;
  auto const means = std::make_shared<Means const>(
      points, MeansOptions{request.replicates, request.sweep.sweep.iterations, request.sweep.sweep.seed,
                           request.threads, request.stop,
                           [&](Point const& point) { return weight(goal, size_of(point)); }, request.meter});
  Judged judged{};
  judged.basis = means->basis();
  judged.rows = means->rows();
  judged.block = means->block();
  std::vector<double> weights;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Point const& point = points[i].point();
    double const mean = means->mean(i);
    if (!(mean > 0))
      throw Error(ExitCode::usage, "--law " + fleet_spec(point) + " has updates that take no time",
                  "nothing can be compared with them", "give delays above 0, or other strategies");
    Candidate candidate = candidate_of(point);
    candidate.mean = mean;
    candidate.is_exact = means->is_exact(i);
    candidate.value = value(goal, size_of(point), mean);
    candidate.only_exponential = only_exponential(point, goal);
    weights.push_back(weight(goal, size_of(point)));
    judged.losses.push_back(mean * weights.back());
    judged.candidates.push_back(std::move(candidate));
  }
  judged.progress = [means, weights = std::move(weights)](std::size_t one, std::size_t other) {
    double const factor = weights[other] / weights[one];
    Ratio ratio = means->ratio(other, one);
    ratio.value *= factor;
    if (ratio.low) *ratio.low *= factor;
    if (ratio.high) *ratio.high *= factor;
    return ratio;
  };
  return judged;
}

}  // namespace dsgd
