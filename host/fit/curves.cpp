#include "fit/curves.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "dsgd/expects.hpp"

namespace dsgd::fit {
namespace {

/// Places of values in ascending order, evenly spaced in the logit of their shares: a tail has few values.
std::vector<std::size_t> shown_places(std::size_t count) {
  std::vector<std::size_t> places;
  double const size = static_cast<double>(count), end = std::log(2 * size - 1);
  for (std::size_t i = 0; i < max_curve_points; ++i) {
    double const logit = end * (2.0 * static_cast<double>(i) / (max_curve_points - 1) - 1);
    auto const place = static_cast<std::size_t>(size / (1 + std::exp(-logit)));
    places.push_back(std::min(place, count - 1));
  }
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

double share_of(std::size_t place, std::size_t count) {
  return (static_cast<double>(place) + 0.5) / static_cast<double>(count);
}

/// The share of ascending values that are at most `time`.
double share_below(std::vector<double> const& ascending, double time) {
  auto const above = std::upper_bound(ascending.begin(), ascending.end(), time);
  return static_cast<double>(above - ascending.begin()) / static_cast<double>(ascending.size());
}

std::vector<double> times_of_worker(Matrix const& times, std::size_t worker) {
  std::vector<double> own(times.steps);
  for (std::size_t step = 0; step < times.steps; ++step) own[step] = times(step, worker);
  std::sort(own.begin(), own.end());
  return own;
}

}  // namespace

/// The value of rank r among n has a probability of a longer time that follows a beta law of n - r + 1 and r.
ValueCurves value_curves(Sample const& sample, std::vector<Fitted> const& laws) {
  DSGD_EXPECTS(!laws.empty());
  std::size_t const count = sample.values.size();
  std::vector<std::size_t> const places = shown_places(count);
  ValueCurves curves;
  FittedTails const best(laws.front());
  for (std::size_t const place : places) {
    double const rank = static_cast<double>(place) + 1, rest = sample.count() - rank + 1;
    curves.shares.push_back(share_of(place, count));
    curves.measured.push_back(sample.values[place]);
    curves.low.push_back(best.at_hazard(-std::log(boost::math::ibeta_inv(rest, rank, 0.975))));
    curves.high.push_back(best.at_hazard(-std::log(boost::math::ibeta_inv(rest, rank, 0.025))));
  }
  for (Fitted const& law : laws) {
    FittedTails const tails(law);
    LawCurve curve{name_of(law), {}};
    for (double const share : curves.shares) curve.quantiles.push_back(tails.at_hazard(-std::log1p(-share)));
    curves.laws.push_back(std::move(curve));
  }
  return curves;
}

std::vector<WorkerBox> worker_boxes(Matrix const& times) {
  std::vector<WorkerBox> boxes;
  for (std::size_t worker = 0; worker < times.workers; ++worker) {
    std::vector<double> const own = times_of_worker(times, worker);
    WorkerBox box{times.worker_names[worker], {}};
    for (double const share : {0.05, 0.25, 0.5, 0.75, 0.95})
      box.quantiles.push_back(own[static_cast<std::size_t>(share * static_cast<double>(own.size()))]);
    boxes.push_back(std::move(box));
  }
  return boxes;
}

SlowestCurves slowest_curves(Matrix const& times, Fitted const& law) {
  std::vector<double> slowest, all = times.times;
  for (auto step = times.times.begin(); step != times.times.end();
       step += static_cast<std::ptrdiff_t>(times.workers))
    slowest.push_back(*std::max_element(step, step + static_cast<std::ptrdiff_t>(times.workers)));
  std::sort(slowest.begin(), slowest.end());
  std::sort(all.begin(), all.end());
  SlowestCurves curves;
  for (std::size_t const place : shown_places(slowest.size())) curves.times.push_back(slowest[place]);
  curves.times.erase(std::unique(curves.times.begin(), curves.times.end()), curves.times.end());
  curves.per_worker.assign(curves.times.size(), 1);
  for (std::size_t worker = 0; worker < times.workers; ++worker) {
    std::vector<double> const own = times_of_worker(times, worker);
    for (std::size_t i = 0; i < curves.times.size(); ++i)
      curves.per_worker[i] *= share_below(own, curves.times[i]);
  }
  FittedTails const tails(law);
  auto const workers = static_cast<double>(times.workers);
  for (double const time : curves.times) {
    curves.measured.push_back(share_below(slowest, time));
    curves.pooled.push_back(std::pow(share_below(all, time), workers));
    curves.law.push_back(std::pow(-std::expm1(-tails.cumulative_hazard(time)), workers));
  }
  return curves;
}

}  // namespace dsgd::fit
