#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "dsgd/draw/address.hpp"
#include "dsgd/expects.hpp"
#include "exact/student_t.hpp"
#include "fit/description.hpp"
#include "fit/information.hpp"

namespace dsgd::fit {
namespace {

constexpr std::size_t fewest_resampled = 39;      ///< of which one in 40 may lie beyond each end
constexpr std::uint32_t steps_stream = 1u << 30;  ///< apart from the streams of models

/// A table's times in ascending order, so that tables with other numbers of its steps need no sorting.
class SortedTimes {
 public:
  explicit SortedTimes(Matrix const& times) : times_(times), order_(times.times.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::sort(order_.begin(), order_.end(),
              [&](std::size_t a, std::size_t b) { return times.times[a] < times.times[b]; });
  }

  struct Means {
    double measured, pooled, per_worker;
    double saved;  ///< by replacing a worker: a share of per_worker
  };

  /// @param copies    of each step; their sum is the number of steps
  /// @param replaced  the worker that an average one stands in for
  Means means(std::vector<std::uint32_t> const& copies, std::size_t replaced) const {
    auto const workers = static_cast<double>(times_.workers), steps = static_cast<double>(times_.steps);
    Means means{0, 0, 0, 0};
    for (std::size_t step = 0; step < times_.steps; ++step) {
      auto const begin = times_.times.begin() + static_cast<std::ptrdiff_t>(step * times_.workers);
      means.measured +=
          copies[step] * *std::max_element(begin, begin + static_cast<std::ptrdiff_t>(times_.workers));
    }
    means.measured /= steps;

    // A mean of a maximum is the sum of times by how much they add to the probability that all are below.
    std::vector<std::uint32_t> below(times_.workers, 0);
    std::size_t without = times_.workers;  // workers with nothing below
    double log_product = 0;                // over the others, of their shares below
    double all = 0, others = 0;            // counts below: of any worker, of any but the replaced
    double pooled = 0, per_worker = 0, by_average = 0, by_average_mean = 0;
    for (std::size_t const place : order_) {
      std::uint32_t const count = copies[place / times_.workers];
      if (count == 0) continue;
      std::size_t const worker = place % times_.workers;
      double const time = times_.times[place];
      double const before = below[worker], now = before + count;
      below[worker] += count;
      if (before == 0) {
        --without;
        log_product += std::log(now / steps);
      } else {
        log_product += std::log1p(count / before);
      }
      all += count;
      if (worker != replaced) others += count;
      add(time, std::exp(workers * std::log(all / (steps * workers))), pooled, means.pooled);
      add(time, without == 0 ? std::exp(log_product) : 0, per_worker, means.per_worker);
      bool const rest_begun = without == 0 || (without == 1 && below[replaced] == 0);
      double const log_own = below[replaced] == 0 ? 0 : std::log(below[replaced] / steps);
      double const log_others =
          rest_begun ? log_product - log_own + std::log(others / (steps * (workers - 1))) : 0;
      add(time, rest_begun ? std::exp(log_others) : 0, by_average, by_average_mean);
    }
    means.saved = 1 - by_average_mean / means.per_worker;
    return means;
  }

  /// The worker with the largest mean.
  std::size_t slowest_worker(std::vector<std::uint32_t> const& copies) const {
    std::vector<double> sums(times_.workers, 0);
    for (std::size_t step = 0; step < times_.steps; ++step)
      for (std::size_t worker = 0; worker < times_.workers; ++worker)
        sums[worker] += copies[step] * times_(step, worker);
    return static_cast<std::size_t>(std::max_element(sums.begin(), sums.end()) - sums.begin());
  }

 private:
  static void add(double time, double probability, double& before, double& mean) {
    mean += time * (probability - before);
    before = probability;
  }

  Matrix const& times_;
  std::vector<std::size_t> order_;  ///< places in times_.times
};

MeanOverSteps with_interval(double mean, std::vector<double> resampled) {
  if (resampled.size() < fewest_resampled) return {mean, std::nullopt};
  std::sort(resampled.begin(), resampled.end());
  auto const at = [&](double share) {
    return resampled[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(resampled.size() - 1)))];
  };
  return {mean, Interval{at(0.025), at(0.975)}};
}

/// Where several workers are alike, replacing one saves something in the steps in which it is the slowest and nothing
/// in others. What a choice promises too much, resampled tables show: each makes a choice of its own, and the
/// measured table tells what that is worth.
/// @param excesses  what the choices of resampled tables promise beyond what the measured table says of them
MeanOverSteps without_excess(double saved, std::vector<double> const& excesses) {
  if (excesses.size() < fewest_resampled) return {saved, std::nullopt};
  auto const count = static_cast<double>(excesses.size());
  double const mean = std::accumulate(excesses.begin(), excesses.end(), 0.0) / count;
  double squares = 0;
  for (double const excess : excesses) squares += (excess - mean) * (excess - mean);
  double const half = normal_95 * std::sqrt(squares / count);
  return {saved - mean, Interval{saved - mean - half, saved - mean + half}};
}

}  // namespace

SlowestMeans slowest_means(Matrix const& times, std::uint32_t replicates, std::uint64_t seed,
                           unsigned threads, Stop const& stop, WorkMeter const& meter) {
  DSGD_EXPECTS(threads >= 1);
  SortedTimes const sorted(times);
  std::vector<std::uint32_t> const once(times.steps, 1);
  std::size_t const slowest = sorted.slowest_worker(once);
  SortedTimes::Means const whole = sorted.means(once, slowest);
  std::vector<double> measured(replicates), pooled(replicates), per_worker(replicates), excess(replicates);
  meter.begin("resampled tables", replicates);
  for_each_index(replicates, threads, stop, [&](std::uint32_t i) {
    PartDone const part_done(meter);
    std::vector<std::uint32_t> copies(times.steps, 0);
    for (std::size_t n = 0; n < times.steps; ++n)
      ++copies[std::uint64_t{draw_word({seed, steps_stream}, i, n)} * times.steps >> 32];
    std::size_t const chosen = sorted.slowest_worker(copies);
    SortedTimes::Means const means = sorted.means(copies, chosen);
    measured[i] = means.measured;
    pooled[i] = means.pooled;
    per_worker[i] = means.per_worker;
    excess[i] = means.saved - (chosen == slowest ? whole : sorted.means(once, chosen)).saved;
  });
  return {with_interval(whole.measured, std::move(measured)), with_interval(whole.pooled, std::move(pooled)),
          with_interval(whole.per_worker, std::move(per_worker)), without_excess(whole.saved, excess),
          slowest};
}

}  // namespace dsgd::fit
