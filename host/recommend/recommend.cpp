#include "recommend/recommend.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "dsgd/error.hpp"
#include "exact/point.hpp"
#include "output/provenance.hpp"
#include "recommend/candidates.hpp"
#include "recommend/cautions.hpp"
#include "recommend/decision.hpp"
#include "recommend/judged.hpp"
#include "recommend/resampling.hpp"
#include "request/communication.hpp"
#include "request/left_out.hpp"
#include "request/planned_sweep.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr double rounding = 1e-9;  ///< of exact means; what differs by less is equal

/// The candidates of one law, and what users should know of those that are left out.
class Candidates {
 public:
  Candidates(RecommendRequest const& request, SweptFleet const& fleet) : is_raced_(is_raced(request.goal)) {
    SweepRequest one = request.sweep;
    one.sweep.fleets = {fleet};
    one.sweep.draws = Draws::common;
    if (request.names_strategies) {
      add(std::move(one));
    } else {
      add_default(std::move(one), fleet);
    }
  }

  /// Those whose updates have a mean time; none where races need no such.
  std::vector<PlannedPoint> const& planned() const { return planned_; }
  std::vector<Point> const& points() const { return points_; }
  std::vector<std::string> const& warnings() const { return warnings_; }

 private:
  void add_default(SweepRequest request, SweptFleet const& fleet) {
    for (std::uint64_t const workers : request.sweep.workers) {
      if (!fleet.has(workers)) continue;
      SweepRequest of_size = request;
      of_size.sweep.workers = {workers};
      of_size.sweep.strategies = default_candidates(workers, request.sweep.communication.has_value());
      std::erase_if(of_size.sweep.strategies, [&](Strategy const& strategy) {
        Point point{fleet.of(workers), strategy, 1, {}};
        point.server = request.sweep.server;
        point.stragglers = request.sweep.stragglers;
        return !takes_server(point) || !takes_stragglers(point);
      });
      if (of_size.sweep.strategies.empty())
        of_size.sweep.strategies = request.sweep.strategies;  // to say why
      add(std::move(of_size));
    }
    if (points_.empty()) add(std::move(request));  // throws what is wrong with the numbers of workers
  }

  void add(SweepRequest request) {
    // Races need no mean time of an update but under measured times, whose intervals are of it.
    if (is_raced_ && !request.sweep.fleets.front().fleet().is_measured()) return add_all(request.sweep);
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
    for (PlannedPoint& planned : sweep.points) {
      points_.push_back(planned.point());
      planned_.push_back(std::move(planned));
    }
    std::move(sweep.warnings.begin(), sweep.warnings.end(), std::back_inserter(warnings_));
  }

  void add_all(Sweep const& sweep) {
    std::vector<Point> points = expand(sweep);
    if (points.empty()) throw no_point_remains(sweep);
    std::move(points.begin(), points.end(), std::back_inserter(points_));
    for (std::string const& warning : {points_left_out(sweep), communication_not_added(sweep)})
      if (!warning.empty()) warnings_.push_back(warning);
  }

  bool is_raced_;
  std::vector<Point> points_;
  std::vector<PlannedPoint> planned_;
  std::vector<std::string> warnings_;
};

/// Numbers of the candidates, the best first; of equals those that need no exponential tail, then those with fresher
/// gradients.
std::vector<std::size_t> ranked(Judged const& judged) {
  std::vector<Candidate> const& candidates = judged.candidates;
  double const least = *std::min_element(judged.losses.begin(), judged.losses.end());
  auto const key = [&](std::size_t i) {
    Candidate const& one = candidates[i];
    return std::tuple(std::round(std::log(judged.losses[i] / least) / rounding), one.only_exponential,
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
    bool const is_of_choice =
        place == 0 || candidate.is_fresh;  // any other place is that of the best fresh one
    if (other > place && is_of_choice && reaches_1(ratio(other, place))) chosen.tied.push_back(other);
  }
  return chosen;
}

LawRecommendation under_law(RecommendRequest const& request, std::string law, Judged& judged) {
  std::vector<std::size_t> const order = ranked(judged);
  auto const ratio = [&](std::size_t place, std::size_t other) {
    return judged.progress(order[place], order[other]);
  };
  LawRecommendation result{std::move(law), {}, judged.basis, judged.rows, judged.block};
  for (std::size_t place = 0; place < order.size(); ++place) {
    Candidate& candidate = result.candidates.emplace_back(std::move(judged.candidates[order[place]]));
    candidate.of_best = ratio(place, 0);
    candidate.is_near = candidate.of_best.value >= 1 - request.within;
    candidate.is_tied = reaches_1(candidate.of_best);
  }
  result.best = choice(0, result.candidates, ratio);
  if (is_raced(request.goal)) return result;  // what is stale is so in the race
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
  if (is_raced(request.goal)) result.model = request.model;
  result.unit = std::move(unit);
  result.notes = trace_notes(sweep);
  result.provenance = provenance_now(std::move(argv));
  result.seed = sweep.seed;
  result.iterations = sweep.iterations;
  result.replicates = request.replicates;
  result.communication = sweep.communication;
  result.server = sweep.server;
  result.stragglers = sweep.stragglers;
  if (sweep.communication && !request.names_strategies)
    result.warnings.emplace_back(
        "async, k-async and k-batch-async are no candidates with --communication (an exchange delays only "
        "its own worker there): "
        "add its time to --law, and name them with --strategy");
  std::set<std::string> told;
  for (SweptFleet const& fleet : sweep.fleets) {
    if (sweep.fleets.size() > 1)
      request.meter.name("law " + std::to_string(result.laws.size() + 1) + "/" +
                         std::to_string(sweep.fleets.size()));
    Candidates const candidates(request, fleet);
    for (std::string const& warning : candidates.warnings())
      if (told.insert(warning).second) result.warnings.push_back(warning);
    if (candidates.points().empty())
      throw Error(ExitCode::usage, "--law " + canonical_spec(fleet.fleet()) + " leaves no candidate",
                  "the mean time of an update is infinite under all of them",
                  "use a lighter tail, or strategies that wait for fewer workers");
    Judged judged = is_raced(request.goal) ? judged_by_races(request, candidates.points())
                                           : judged_by_means(request, candidates.planned());
    for (std::string const& warning : judged.warnings)
      if (told.insert(warning).second) result.warnings.push_back(warning);
    LawRecommendation& law =
        result.laws.emplace_back(under_law(request, canonical_spec(fleet.fleet()), judged));
    law.cautions = cautions(law, candidates.points(), request.goal);
    law.decision = decision_text(law, request.goal, result.unit);
  }
  result.decision = overall_decision(result.laws, request.within);
  return result;
}

}  // namespace dsgd
