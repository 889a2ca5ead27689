#include "race/race.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "dsgd/error.hpp"
#include "exact/race/point.hpp"
#include "output/provenance.hpp"
#include "race/estimate.hpp"
#include "race/learning_rate.hpp"
#include "race/limits.hpp"
#include "race/typical_delay.hpp"
#include "request/communication.hpp"
#include "request/left_out.hpp"
#include "request/tables.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// Times between which the first one at the target is looked for.
constexpr int times_to_target = 256;

/// Times at which strategies under the law are worth comparing.
std::vector<double> default_times(Fleet const& fleet) {
  double const unit = round_to_digits(typical_delay(fleet), 1);
  std::vector<double> times;
  for (double const factor : {1, 2, 5, 10, 20, 50, 100}) times.push_back(round_to_12_digits(factor * unit));
  return times;
}

/// Times that make a curve until the last one that is told: in equal steps of their logarithm where told times
/// span a decade, and else in equal steps.
std::vector<double> curve_times(std::vector<double> const& told) {
  constexpr int steps = 128;
  double const last = told.back(), first = told.front();
  bool const is_wide = first > 0 && last >= 10 * first;
  std::vector<double> times = told;
  for (int i = 0; i <= steps; ++i) {
    double const share = static_cast<double>(i) / steps;
    times.push_back(round_to_digits(is_wide ? first * std::pow(last / first, share) : share * last, 6));
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  while (times.back() > last) times.pop_back();
  return times;
}

/// A point of the race, and what is measured of it.
class RacedPoint {
 public:
  RacedPoint(RaceRequest const& request, RaceEngine const& engine, Point const& point)
      : request_(request), engine_(engine), point_(point), told_(request.times) {
    if (told_.empty() && request.updates.empty()) told_ = default_times(point.fleet);
    measures_ = {told_, request.updates, request.target};
    require_race(point, measures_, "--times");
    if (request.curves) curve_ = curve_times(told_);
    measures_.times.insert(measures_.times.end(), curve_.begin(), curve_.end());
    if (request.target)
      for (int i = 0; i <= times_to_target; ++i)
        measures_.times.push_back(told_.back() * i / times_to_target);
    std::sort(measures_.times.begin(), measures_.times.end());
    measures_.times.erase(std::unique(measures_.times.begin(), measures_.times.end()), measures_.times.end());
  }

  RacePoint with(double rate) const {
    return {point_.fleet, point_.strategy, request_.model, rate, point_.communication};
  }

  std::vector<double> rates() const {
    if (!request_.learning_rates.empty()) return request_.learning_rates;
    engine_.meter.begin_steps("replications for its learning rate", 0);
    return {best_learning_rate(with(0), judgement(), engine_)};
  }

  RaceResult result(double rate) const {
    std::optional<ExactRace> const exact = exact_race(with(rate));
    RaceTask const task(with(rate), measures_, sweep().seed, is_common());
    engine_.meter.begin_steps("replications", sweep().iterations);
    RaceSummary const summary = race(task, sweep().iterations, engine_);
    RaceResult result{canonical_spec(point_.fleet),
                      canonical_spec(point_.strategy),
                      point_.fleet.equal(),
                      point_.workers(),
                      rate,
                      race_rows(task, summary, told_, exact)};
    if (!curve_.empty()) {
      result.curve = race_rows(task, summary, curve_, exact);
      result.curve.resize(curve_.size());  // without those of updates
    }
    if (request_.target) result.target = target_result(task, summary, exact);
    return result;
  }

  /// The rate up to which the error stays bounded; nothing where it does at this rate, or is not known.
  std::optional<double> stable_rate(double rate) const {
    auto const grows = [this](double at) {
      std::optional<ExactRace> const exact = exact_race(with(at));
      return exact && exact_growth(*exact) >= 1;
    };
    if (!grows(rate)) return std::nullopt;
    double stable = 0, unstable = rate;
    while (unstable - stable > 1e-4 * unstable) {
      double const middle = (stable + unstable) / 2;
      (grows(middle) ? unstable : stable) = middle;
    }
    return stable;
  }

 private:
  Sweep const& sweep() const { return request_.sweep.sweep; }
  bool is_common() const { return sweep().draws == Draws::common; }

  /// By the time to the target, or else the error at the last time, or after the last updates where no time is
  /// told.
  RateJudgement judgement() const {
    RateJudgement judgement{{}, sweep().seed, is_common(), sweep().iterations};
    if (told_.empty()) {
      judgement.by.updates = {measures_.updates.back()};
    } else if (request_.target) {
      judgement.by = {measures_.times, {}, request_.target};
    } else {
      judgement.by.times = {told_.back()};
    }
    return judgement;
  }

  RaceRequest const& request_;
  RaceEngine const& engine_;
  Point const& point_;
  std::vector<double> told_, curve_;
  RaceMeasures measures_;
};

/// Says where errors grow without bound, and below which rate none of those cases does, where that is known;
/// empty where none grows.
class Divergence {
 public:
  void look_at(RacedPoint const& point, RaceResult const& result) {
    ++all_;
    bool const exceeds =
        std::any_of(result.rows.begin(), result.rows.end(), [](RaceRow const& row) { return !row.error; });
    std::optional<double> const stable = point.stable_rate(result.learning_rate);
    if (!exceeds && !stable) return;
    if (++count_ == 1)
      first_ = case_of(result) + " at --learning-rate " + shortest(result.learning_rate) +
               " (its error grows without bound)";
    if (!stable) {
      ++unknown_;
    } else if (!least_ || *stable < *least_) {
      least_ = stable;
      least_of_ = case_of(result);
    }
  }

  std::string text() const {
    if (count_ == 0) return {};
    std::string const advice = ": give a smaller one" + bound_text();
    if (all_ == 1) return "training diverges: " + first_ + advice;
    return "training diverges in " + std::to_string(count_) + " of " + std::to_string(all_) +
           " cases, first " + first_ + advice;
  }

 private:
  static std::string case_of(RaceResult const& result) {
    return result.strategy + " with " + counted(result.workers, "worker");
  }

  std::string bound_text() const {
    if (!least_) return {};
    std::string bound = ", below " + shortest(round_to_digits(*least_, 3));
    if (count_ == 1) return bound;
    return bound + " for " + least_of_ +
           (unknown_ > 0 ? " (the bounds of " + std::to_string(unknown_) + " are not known)"
                         : ", which needs the smallest");
  }

  std::size_t all_ = 0, count_ = 0, unknown_ = 0;
  std::string first_, least_of_;
  std::optional<double> least_;
};

}  // namespace

RaceDocument race(RaceRequest const& request, RaceEngine const& engine, std::string unit,
                  std::vector<std::string> argv) {
  Sweep const& sweep = request.sweep.sweep;
  std::vector<Point> const points = expand(sweep);
  if (points.empty()) throw no_point_remains(sweep);
  RaceDocument document{{},
                        request.model,
                        request.learning_rates.empty(),
                        request.target,
                        sweep.iterations,
                        sweep.seed,
                        sweep.draws,
                        sweep.communication,
                        std::move(unit),
                        trace_notes(sweep),
                        {},
                        provenance_now(std::move(argv))};
  auto const start = std::chrono::steady_clock::now();
  document.warnings = table_warnings(sweep, points);
  document.warnings.insert(document.warnings.begin(),
                           {points_left_out(sweep), communication_not_added(sweep)});
  Divergence divergence;
  engine.meter.begin("races", points.size() * std::max<std::size_t>(1, request.learning_rates.size()));
  for (Point const& point : points) {
    RacedPoint const raced(request, engine, point);
    for (double const rate : raced.rates()) {
      document.results.push_back(raced.result(rate));
      divergence.look_at(raced, document.results.back());
      engine.meter.end_part();
    }
  }
  document.provenance.engine = engine.name;
  document.provenance.device = race_device(engine);
  document.provenance.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  document.warnings.push_back(divergence.text());
  std::erase(document.warnings, std::string());
  return document;
}

}  // namespace dsgd
