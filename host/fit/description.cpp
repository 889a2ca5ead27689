#include "fit/description.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dsgd::fit {
namespace {

struct TwoWayMeans {
  double all = 0;
  std::vector<double> worker, step;
};

TwoWayMeans two_way_means(Matrix const& times) {
  TwoWayMeans means{0, std::vector<double>(times.workers), std::vector<double>(times.steps)};
  auto const workers = static_cast<double>(times.workers), steps = static_cast<double>(times.steps);
  for (std::size_t step = 0; step < times.steps; ++step)
    for (std::size_t worker = 0; worker < times.workers; ++worker) {
      means.worker[worker] += times(step, worker) / steps;
      means.step[step] += times(step, worker) / workers;
      means.all += times(step, worker) / (steps * workers);
    }
  return means;
}

/// What neither worker nor step explains.
double rest(Matrix const& times, TwoWayMeans const& means, std::size_t step, std::size_t worker) {
  return times(step, worker) - means.worker[worker] - means.step[step] + means.all;
}

double mean_square(std::vector<double> const& means, double all) {
  double sum = 0;
  for (double const mean : means) sum += (mean - all) * (mean - all);
  return sum / static_cast<double>(means.size() - 1);
}

}  // namespace

std::optional<VarianceShares> variance_shares(Matrix const& times) {
  TwoWayMeans const means = two_way_means(times);
  auto const workers = static_cast<double>(times.workers), steps = static_cast<double>(times.steps);
  double squares = 0;
  for (std::size_t step = 0; step < times.steps; ++step)
    for (std::size_t worker = 0; worker < times.workers; ++worker)
      squares += std::pow(rest(times, means, step, worker), 2);
  double const of_rest = squares / ((workers - 1) * (steps - 1));
  double const of_worker = std::max(0.0, mean_square(means.worker, means.all) - of_rest / steps);
  double const of_step = std::max(0.0, mean_square(means.step, means.all) - of_rest / workers);
  double const all = of_worker + of_step + of_rest;
  if (!(all > 0)) return std::nullopt;
  return VarianceShares{of_worker / all, of_step / all, of_rest / all};
}

std::optional<double> lag_1_autocorrelation(Matrix const& times) {
  TwoWayMeans const means = two_way_means(times);
  double products = 0, squares = 0;
  for (std::size_t worker = 0; worker < times.workers; ++worker)
    for (std::size_t step = 0; step < times.steps; ++step) {
      double const here = rest(times, means, step, worker);
      squares += here * here;
      if (step + 1 < times.steps) products += here * rest(times, means, step + 1, worker);
    }
  if (!(squares > 0)) return std::nullopt;
  return products / squares;
}

SlowestWorker most_often_slowest(Matrix const& times) {
  std::vector<std::size_t> counts(times.workers, 0);
  for (std::size_t step = 0; step < times.steps; ++step) {
    auto const begin = times.times.begin() + static_cast<std::ptrdiff_t>(step * times.workers);
    auto const slowest = std::max_element(begin, begin + static_cast<std::ptrdiff_t>(times.workers));
    ++counts[static_cast<std::size_t>(slowest - begin)];
  }
  auto const most = std::max_element(counts.begin(), counts.end());
  return {static_cast<std::size_t>(most - counts.begin()),
          static_cast<double>(*most) / static_cast<double>(times.steps)};
}

}  // namespace dsgd::fit
