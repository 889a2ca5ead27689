#include "recommend/recommend.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "dsgd/error.hpp"
#include "exact/gradients.hpp"
#include "exact/point.hpp"
#include "output/provenance.hpp"
#include "recommend/candidates.hpp"
#include "recommend/decision.hpp"
#include "request/planned_sweep.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr double rounding = 1e-9;  ///< of exact means; what differs by less is equal

UpdateSize size_of(Point const& point) {
  return {point.workers(), round_to_12_digits(mean_gradients(point))};
}

/// The candidates of one law, and what users should know of those that are left out.
class Candidates {
 public:
  Candidates(RecommendRequest const& request, SweptFleet const& fleet) {
    SweepRequest one = request.sweep;
    one.sweep.fleets = {fleet};
    one.sweep.draws = Draws::common;
    if (request.names_strategies) {
      add(std::move(one));
    } else {
      add_default(std::move(one), fleet);
    }
  }

  std::vector<PlannedPoint> const& points() const { return points_; }
  std::vector<std::string> const& warnings() const { return warnings_; }

 private:
  void add_default(SweepRequest request, SweptFleet const& fleet) {
    for (std::uint64_t const workers : request.sweep.workers) {
      if (!fleet.has(workers)) continue;
      SweepRequest of_size = request;
      of_size.sweep.workers = {workers};
      of_size.sweep.strategies = default_candidates(workers, request.sweep.communication.has_value());
      add(std::move(of_size));
    }
    if (points_.empty()) add(std::move(request));  // throws what is wrong with the numbers of workers
  }

  void add(SweepRequest request) {
    PlannedSweep sweep = plan_sweep(std::move(request));
    std::size_t const all = sweep.points.size();
    auto const leave = [&](std::string const& why, auto const& is_one) {
      std::size_t const left = std::erase_if(sweep.points, is_one);
      if (left > 0)
        sweep.warnings.push_back(std::to_string(left) + " of " + counted(all, "candidate") +
                                 " left out: " + why);
    };
    leave("their mean is infinite",
          [](PlannedPoint const& planned) { return runtime_tail_index(planned.point()) <= 1; });
    leave("their mean is not known exactly, and has no interval as the variance is infinite",
          [](PlannedPoint const& planned) {
            return runtime_tail_index(planned.point()) <= 2 && !exact_runtime(planned.point());
          });
    std::move(sweep.points.begin(), sweep.points.end(), std::back_inserter(points_));
    std::move(sweep.warnings.begin(), sweep.warnings.end(), std::back_inserter(warnings_));
  }

  std::vector<PlannedPoint> points_;
  std::vector<std::string> warnings_;
};

/// The same workers with gamma delays of the same shift and mean, and half the deviation of an exponential law.
/// @return nothing where a law has no exponential tail
std::optional<Fleet> with_gamma_delays(Fleet const& fleet) {
  std::vector<FleetGroup> groups(fleet.groups().begin(), fleet.groups().end());
  for (FleetGroup& group : groups) {
    Gamma gamma{};
    gamma.shape = 4;
    if (auto const* const law = std::get_if<Exponential>(&group.law)) {
      gamma.rate = gamma.shape * law->rate;
      gamma.shift = law->shift;
    } else if (auto const* const shifted = std::get_if<ShiftedExponential>(&group.law)) {
      gamma.rate = gamma.shape * shifted->rate;
      gamma.shift = shifted->shift;
    } else {
      return std::nullopt;
    }
    group.law = gamma;
  }
  return Fleet(std::move(groups));
}

/// A share of the best that two points have of each other: the larger, the better is `point`.
Ratio progress_ratio(Means const& means, std::vector<PlannedPoint> const& points, Goal const& goal,
                     std::size_t point, std::size_t other) {
  double const weights =
      weight(goal, size_of(points[other].point())) / weight(goal, size_of(points[point].point()));
  Ratio ratio = means.ratio(other, point);
  ratio.value *= weights;
  if (ratio.low) *ratio.low *= weights;
  if (ratio.high) *ratio.high *= weights;
  return ratio;
}

/// True where an exponential tail alone makes the point better than sync with as many workers.
bool only_exponential(Point const& point, Goal const& goal) {
  std::optional<Fleet> const other = with_gamma_delays(point.fleet);
  if (!other || std::holds_alternative<Sync>(point.strategy)) return false;
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

Candidate candidate_of(Point const& point, Goal const& goal) {
  UpdateSize const size = size_of(point);
  Candidate candidate{};
  candidate.strategy = canonical_spec(point.strategy);
  candidate.workers = size.workers;
  candidate.gradients = size.gradients;
  // Where all meet, all begin with the model of the last update; but local models drift apart between meetings.
  candidate.is_fresh =
      point.workers() == 1 || (meets(point.strategy) && !std::holds_alternative<LocalSgd>(point.strategy));
  if (!candidate.is_fresh) candidate.staleness = exact_staleness(point);
  candidate.only_exponential = only_exponential(point, goal);
  return candidate;
}

/// Numbers of the candidates, the best first; of equals those that need no exponential tail, then those with fresher
/// gradients.
std::vector<std::size_t> ranked(std::vector<Candidate> const& candidates,
                                std::vector<double> const& products) {
  double const least = *std::min_element(products.begin(), products.end());
  auto const key = [&](std::size_t i) {
    Candidate const& one = candidates[i];
    return std::tuple(std::round(std::log(products[i] / least) / rounding), one.only_exponential,
                      !one.is_fresh, one.staleness.value_or(infinite));
  };
  std::vector<std::size_t> order(candidates.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return order;
}

/// True where it is not known whether the ratio is below 1.
bool reaches_1(Ratio const& ratio) { return ratio.high.value_or(ratio.value) >= 1 - rounding; }

/// @param place  of the best of all, or of those with fresh gradients, where it has them
/// @param ratio  of one place's progress to that of another
template <class RatioOf>
Choice choice(std::size_t place, std::vector<Candidate> const& candidates, RatioOf const& ratio) {
  Choice chosen{place};
  Candidate const& best = candidates[place];
  for (std::size_t other = 0; other < candidates.size(); ++other) {
    Candidate const& candidate = candidates[other];
    bool const is_sync = candidate.strategy == Sync::name;
    if (other != place && is_sync && candidate.workers == best.workers) chosen.of_sync = ratio(place, other);
    if (other > place && (!best.is_fresh || candidate.is_fresh) && reaches_1(ratio(other, place)))
      chosen.tied.push_back(other);
  }
  return chosen;
}

LawRecommendation under_law(RecommendRequest const& request, std::vector<PlannedPoint> const& points) {
  Means const means(
      points, {request.replicates, request.sweep.sweep.iterations, request.sweep.sweep.seed, request.threads,
               request.stop, [&](Point const& point) { return weight(request.goal, size_of(point)); }});
  std::vector<Candidate> all;
  std::vector<double> products;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Point const& point = points[i].point();
    if (!(means.mean(i) > 0))
      throw Error(ExitCode::usage, "--law " + fleet_spec(point) + " has updates that take no time",
                  "nothing can be compared with them", "give delays above 0, or other strategies");
    Candidate candidate = candidate_of(point, request.goal);
    candidate.mean = means.mean(i);
    candidate.is_exact = means.is_exact(i);
    candidate.value = value(request.goal, size_of(point), candidate.mean);
    products.push_back(candidate.mean * weight(request.goal, size_of(point)));
    all.push_back(std::move(candidate));
  }
  std::vector<std::size_t> const order = ranked(all, products);
  auto const ratio = [&](std::size_t place, std::size_t other) {
    return progress_ratio(means, points, request.goal, order[place], order[other]);
  };
  LawRecommendation result{
      canonical_spec(points.front().point().fleet), {}, means.basis(), means.rows(), means.block()};
  for (std::size_t place = 0; place < order.size(); ++place) {
    Candidate& candidate = result.candidates.emplace_back(std::move(all[order[place]]));
    candidate.of_best = ratio(place, 0);
    candidate.is_near = candidate.of_best.value >= 1 - request.within;
    candidate.is_tied = reaches_1(candidate.of_best);
  }
  result.best = choice(0, result.candidates, ratio);
  std::size_t fresh = 0;
  while (fresh < order.size() && !result.candidates[fresh].is_fresh) ++fresh;
  if (fresh > 0 && fresh < order.size()) result.fresh = choice(fresh, result.candidates, ratio);
  return result;
}

}  // namespace

Recommendation recommend(RecommendRequest const& request, std::string unit, std::vector<std::string> argv) {
  Sweep const& sweep = request.sweep.sweep;
  Recommendation result{};
  result.goal = request.goal;
  result.within = request.within;
  result.unit = std::move(unit);
  result.notes = trace_notes(sweep);
  result.provenance = provenance_now(std::move(argv));
  result.seed = sweep.seed;
  result.iterations = sweep.iterations;
  result.replicates = request.replicates;
  result.communication = sweep.communication;
  if (sweep.communication && !request.names_strategies)
    result.warnings.emplace_back(
        "async, k-async and k-batch-async are no candidates with --communication (an exchange delays only "
        "its own worker there): "
        "add its time to --law, and name them with --strategy");
  std::set<std::string> told;
  for (SweptFleet const& fleet : sweep.fleets) {
    Candidates const candidates(request, fleet);
    for (std::string const& warning : candidates.warnings())
      if (told.insert(warning).second) result.warnings.push_back(warning);
    if (candidates.points().empty())
      throw Error(ExitCode::usage, "--law " + canonical_spec(fleet.fleet()) + " leaves no candidate",
                  "the mean time of an update is infinite under all of them",
                  "use a lighter tail, or strategies that wait for fewer workers");
    LawRecommendation& law = result.laws.emplace_back(under_law(request, candidates.points()));
    law.decision = decision_text(law, request.goal, result.unit);
  }
  result.decision = overall_decision(result.laws, request.within);
  return result;
}

}  // namespace dsgd
