#include "statistics/estimate.hpp"

#include <algorithm>
#include <cmath>

#include "dsgd/expects.hpp"
#include "dsgd/time_scale.hpp"
#include "exact/gradients.hpp"
#include "exact/point.hpp"
#include "exact/runtime_distribution.hpp"
#include "exact/student_t.hpp"
#include "exact/worker_time.hpp"
#include "statistics/bin_values.hpp"
#include "statistics/quantile.hpp"
#include "statistics/variance.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// Spread of the mean of independent and equally distributed parts.
struct Spread {
  double standard_error;
  std::uint64_t parts;
};

/// Spread of the mean. Its parts are iterations where they are independent, else replications.
/// @pre there are at least two parts (variance() looks)
Spread spread_of_mean(Summary const& summary, double quantum, bool independent) {
  ClockSummary const& clocks = summary.clocks;
  if (independent) {
    double const deviation = std::sqrt(variance(summary.iterations, summary.ticks, summary.squared_ticks));
    return {deviation * quantum / std::sqrt(static_cast<double>(summary.iterations)), summary.iterations};
  }
  double const deviation = std::sqrt(variance(clocks.replications, summary.ticks, clocks.squared_windows));
  double const updates = static_cast<double>(summary.iterations) / static_cast<double>(clocks.replications);
  return {deviation * quantum / updates / std::sqrt(static_cast<double>(clocks.replications)),
          clocks.replications};
}

/// An end of an interval, with as many digits as half a per cent of the interval's width needs: 12 are too
/// few beside a large origin.
double interval_end(double end, double half_width) {
  double const ratio = std::abs(end) / (0.01 * half_width);
  int const needed = ratio > 1 ? static_cast<int>(std::ceil(std::log10(ratio))) + 1 : 1;
  return round_to_digits(end, std::clamp(needed, 12, 17));
}

/// Quantiles with the given probabilities.
/// @param intervals  true for intervals as well, which suppose independent iterations
std::vector<Quantile> quantiles_of(PlannedPoint const& planned, Summary const& summary, TimeScale time,
                                   std::span<double const> probabilities, bool intervals) {
  std::vector<Quantile> quantiles;
  if (summary.histogram.empty() || probabilities.empty()) return quantiles;
  std::optional<RuntimeDistribution> const exact = exact_distribution(planned.point());
  bool const discrete = exact && !exact->values.empty();
  Observable const& seen = planned.observable();
  auto const counted = [&](float sum) {
    return std::max(0.0, static_cast<double>(sum) - static_cast<double>(seen.histogram_origin));
  };
  ValueRange const range{counted(summary.minimum), counted(summary.maximum)};
  TimeScale const runtime = histogram_scale(planned);
  for (double const probability : probabilities) {
    QuantileBins const bins = quantile_bins(summary.histogram, probability);
    QuantileEstimate const found = quantile(bins, range);
    auto const values_in = [&](BinRange bin) { return BinValues(*exact, time, bin.bin); };
    auto const end = [&](std::optional<BinRange> const& bin, std::optional<double> const& sum,
                         double (BinValues::*value)() const) -> std::optional<double> {
      if (!intervals || !sum) return std::nullopt;
      if (discrete && !values_in(*bin).empty()) return (values_in(*bin).*value)();
      return runtime(*sum);
    };
    Quantile result{probability, runtime(found.value), end(bins.low, found.low, &BinValues::first),
                    end(bins.high, found.high, &BinValues::last)};
    if (discrete && !values_in(bins.value).empty()) result.value = values_in(bins.value).at(bins.within);
    double const half_width = result.low && result.high ? (*result.high - *result.low) / 2 : 0;
    auto const rounded = [&](double value) {
      return half_width > 0 ? interval_end(value, half_width) : round_to_12_digits(value);
    };
    result.value = rounded(result.value);
    if (result.low) result.low = rounded(*result.low);
    if (result.high) result.high = rounded(*result.high);
    quantiles.push_back(result);
  }
  return quantiles;
}

/// Staleness of a point. What was measured is left out where one job can outlast the warm-up: the longest
/// stalenesses would be missing.
Staleness staleness_of(PlannedPoint const& planned, ClockSummary const& clocks) {
  Point const& point = planned.point();
  if (!planned.observable().plan.settles) return {{}, exact_staleness(point), {}};
  double const total = divide(widen<4>(clocks.staleness), widen<4>(uint128{clocks.gradients}));
  Staleness result{total, exact_staleness(point), {}};
  clocks.stalenesses.for_each([&](std::uint32_t bin, std::uint64_t count) {
    result.counts.push_back({static_cast<std::uint64_t>(std::ceil(Histogram::lower_end(bin))), count});
  });
  return result;
}

/// Ratio of the variance of some updates in a row to that of one update. The steps of a round of local SGD
/// end together: they are equally long, and only rounds are independent.
double independent_parts(Point const& point, std::uint64_t updates) {
  Runtime const form = runtime(point);
  auto const* const sum = std::get_if<SlowestSum>(&form);
  std::uint32_t const of_round = sum == nullptr ? steps_in_mean(point) : sum->steps;
  if (of_round == 0) return static_cast<double>(updates);
  auto const steps = static_cast<double>(of_round);
  std::uint64_t const rounds = updates / of_round;
  auto const rest = static_cast<double>(updates % of_round);
  return static_cast<double>(rounds) * steps * steps + rest * rest;
}

/// True where the standard error exceeds what is rounded. Means are doubles, of which 2^-50 may be lost;
/// delays are rounded to the quantum, which may bias a mean by half of it for each that is added.
bool is_resolved(MeanInterval const& interval, Observable const& seen, TimeScale time) {
  if (interval.standard_error < 0x1p-50 * std::abs(interval.mean)) return false;
  double const deviation =
      interval.standard_error * std::sqrt(static_cast<double>(interval.degrees_of_freedom) + 1);
  double const quantum = std::ldexp(time.scale, seen.quantum_exponent);
  // Where delays spread over many quanta, their rounding errors average out.
  return interval.standard_error > quantum || deviation > 256 * quantum;
}

/// Staleness of async and k-async under laws without memory, where they are order statistics, which follow no
/// job: only its exact mean is known.
std::optional<Staleness> staleness_without_clocks(Point const& point, Runtime const& form) {
  bool const is_stale =
      std::holds_alternative<Async>(point.strategy) || std::holds_alternative<KAsync>(point.strategy);
  if (!is_stale || std::holds_alternative<Clocks>(form)) return std::nullopt;
  return Staleness{{}, exact_staleness(point), {}};
}

double mean_of(Summary const& summary, TimeScale time, int quantum_exponent) {
  return time.offset + std::ldexp(time.scale, quantum_exponent) *
                           divide(widen<4>(summary.ticks), widen<4>(uint128{summary.iterations}));
}

/// What the mean and its interval say of gradients, and where the workers' time goes.
void add_use_of_time(Estimate& result, Point const& point, std::optional<Moments> const& exact) {
  double const entering = mean_gradients(point);
  auto const share = [](std::optional<double> const& value, double most) {
    return value ? std::optional(round_to_12_decimals(std::min(*value, most))) : std::nullopt;
  };
  WorkerTime const time = exact_worker_time(point, exact);
  result.busy = share(time.busy, 1);
  // Every worker may have a copy beside it, and copies are nobody's time.
  result.discarded = share(time.discarded, std::holds_alternative<Speculate>(point.strategy) ? 2 : 1);
  result.cost = static_cast<double>(point.workers()) * *result.mean / entering;
  if (*result.mean == 0) return;
  result.throughput = entering / *result.mean;
  if (!result.ci95_high) return;
  result.throughput_low = round_to_12_digits(entering / *result.ci95_high);
  if (*result.ci95_low > 0) result.throughput_high = round_to_12_digits(entering / *result.ci95_low);
}

/// Adds what Student's interval says of the mean.
void add_interval(Estimate& result, PlannedPoint const& planned, Summary const& summary,
                  std::optional<Moments> const& exact) {
  Observable const& seen = planned.observable();
  TimeScale const time = time_scale(planned);
  std::optional<MeanInterval> const interval = mean_interval(planned, summary);
  if (!interval) return;
  double const half_width = interval->half_width();
  result.standard_error = interval->standard_error;
  if (exact) result.expected = interval_end(exact->mean, half_width);
  result.ci95_low = interval_end(*result.mean - half_width, half_width);
  result.ci95_high = interval_end(*result.mean + half_width, half_width);
  result.degrees_of_freedom = interval->degrees_of_freedom;
  if (exact && is_resolved(*interval, seen, time))
    result.z = round_to_4_decimals((*result.mean - exact->mean) / interval->standard_error);
}

}  // namespace

double MeanInterval::half_width() const { return student_t_95(degrees_of_freedom) * standard_error; }

double sample_mean(PlannedPoint const& planned, Summary const& summary) {
  DSGD_EXPECTS(summary.iterations >= 1);
  return mean_of(summary, time_scale(planned), planned.observable().quantum_exponent);
}

std::optional<MeanInterval> mean_interval(PlannedPoint const& planned, Summary const& summary) {
  if (runtime_tail_index(planned.point()) <= 2 || summary.iterations < 2) return std::nullopt;
  Observable const& seen = planned.observable();
  bool const independent = are_independent(seen.runtime);
  if (!independent && summary.clocks.replications < 2) return std::nullopt;
  TimeScale const time = time_scale(planned);
  auto const [error, parts] =
      spread_of_mean(summary, std::ldexp(time.scale, seen.quantum_exponent), independent);
  if (error == 0) return std::nullopt;
  return MeanInterval{mean_of(summary, time, seen.quantum_exponent), error, parts - 1};
}

Estimate estimate(PlannedPoint const& planned, Summary const& summary, std::span<double const> quantiles) {
  DSGD_EXPECTS(summary.iterations >= 1);
  Point const& point = planned.point();
  Observable const& seen = planned.observable();
  TimeScale const time = time_scale(planned);
  double const quantum = std::ldexp(time.scale, seen.quantum_exponent);
  auto const runtime = [&](double sum) { return time.offset + time.scale * sum; };

  Estimate result{};
  result.iterations = summary.iterations;
  result.minimum = runtime(static_cast<double>(summary.minimum));
  result.maximum = runtime(static_cast<double>(summary.maximum));
  result.quantiles = quantiles_of(planned, summary, time, quantiles, are_independent(seen.runtime));
  result.bins = joined_bins(summary.histogram);
  result.staleness = goes_on(seen.runtime) ? std::optional(staleness_of(planned, summary.clocks))
                                           : staleness_without_clocks(point, seen.runtime);

  std::optional<Moments> const exact = exact_runtime(point);
  double const tail_index = runtime_tail_index(point);
  if (tail_index <= 1 || (exact && std::isinf(exact->mean))) return result;
  result.mean = mean_of(summary, time, seen.quantum_exponent);
  if (exact) result.expected = round_to_12_digits(exact->mean);
  if (tail_index > 2 && summary.iterations >= 2) {
    result.standard_deviation =
        quantum * std::sqrt(variance(summary.iterations, summary.ticks, summary.squared_ticks));
    add_interval(result, planned, summary, exact);
  }
  add_use_of_time(result, point, exact);
  return result;
}

std::optional<TimeOfUpdates> time_of_updates(Point const& point, Estimate const& estimate,
                                             std::uint64_t updates) {
  if (!are_independent(runtime(point)) || !estimate.mean) return std::nullopt;
  auto const n = static_cast<double>(updates);
  TimeOfUpdates time{round_to_12_digits(n * *estimate.mean), {}};
  if (estimate.standard_deviation)
    time.standard_deviation =
        round_to_12_digits(std::sqrt(independent_parts(point, updates)) * *estimate.standard_deviation);
  return time;
}

}  // namespace dsgd
