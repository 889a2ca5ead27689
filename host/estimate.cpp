#include "estimate.hpp"

#include <algorithm>
#include <cmath>

#include "closed_form/closed_form.hpp"
#include "closed_form/student_t.hpp"
#include "number.hpp"
#include "quantile.hpp"

namespace dsgd {
namespace {

/// (N S2 - S1^2) / (N (N - 1)): the unbiased variance of N integers with sum S1 and sum of squares S2, exact
/// but for one rounding. @pre n >= 2
template <int Limbs>
double variance(std::uint64_t n, uint128 sum, WideUnsigned<Limbs> const& squares) {
  WideUnsigned<1> const count{{n}};
  WideUnsigned<1> const count_minus_1{{n - 1}};
  WideUnsigned<2> const s1 = widen<2>(sum);
  WideUnsigned<Limbs + 1> difference = multiply(squares, count);
  difference -= widen<Limbs + 1>(multiply(s1, s1));
  return divide(difference, widen<Limbs + 1>(multiply(count, count_minus_1)));
}

/// Spread of the mean of independent and equally distributed parts.
struct Spread {
  double standard_error;
  std::uint64_t parts;
};

/// Replications are independent where clocks are followed, iterations elsewhere. @pre there are two parts
Spread spread_of_mean(Summary const& summary, double quantum) {
  ClockSummary const& clocks = summary.clocks;
  if (clocks.replications == 0) {
    double const deviation = std::sqrt(variance(summary.iterations, summary.ticks, summary.squared_ticks));
    return {deviation * quantum / std::sqrt(static_cast<double>(summary.iterations)), summary.iterations};
  }
  double const deviation = std::sqrt(variance(clocks.replications, summary.ticks, clocks.squared_windows));
  double const updates = static_cast<double>(summary.iterations) / static_cast<double>(clocks.replications);
  return {deviation * quantum / updates / std::sqrt(static_cast<double>(clocks.replications)),
          clocks.replications};
}

/// Are iterations? Where workers go on from one to the next they are not.
bool are_independent(Runtime const& form) {
  auto const* const clocks = std::get_if<Clocks>(&form);
  return clocks == nullptr || clocks->rule == Clocks::Rule::restart;
}

/// The values of a discrete runtime that a bin can hold.
class BinValues {
 public:
  /// @param exact  with values; it must outlive this
  BinValues(RuntimeDistribution const& exact, TimeScale time, BinRange bin) : exact_(&exact) {
    std::vector<double> const& values = exact.values;
    // Values are counted as float32 excesses: half-way before a bin's lower end they are rounded to it.
    auto const first_of = [&](std::uint32_t number) {
      if (number == 0) return values.begin();
      double const border = time.offset + time.scale * Histogram::border(number);
      return std::lower_bound(values.begin(), values.end(), border);
    };
    begin_ = first_of(bin.bin);
    end_ = first_of(bin.bin + 1);
  }

  bool empty() const { return begin_ == end_; }
  double first() const { return *begin_; }
  double last() const { return *(end_ - 1); }

  /// The value at which the bin's values together have this share of its probability: they may differ much,
  /// as those of the slowest of many workers do. @param share  in [0, 1]
  double at(double share) const {
    if (end_ - begin_ == 1) return *begin_;
    exact::Tails const before = tails_to(begin_);
    exact::Tails const all = tails_to(end_);
    bool const upper = before.below > 0.5;  // the side on which little is left has the digits
    auto const since = [&](exact::Tails const& tails) {
      return upper ? before.above - tails.above : tails.below - before.below;
    };
    double const wanted = share * since(all) * (1 - 1e-12);  // what ends at a value belongs to it
    auto left = begin_;
    for (auto right = end_ - 1; left != right;) {
      auto const middle = left + (right - left) / 2;
      if (since(tails_to(middle + 1)) < wanted)
        left = middle + 1;
      else
        right = middle;
    }
    return *left;
  }

 private:
  /// Of all values before one: asked half-way between two, where rounding cannot confuse them.
  exact::Tails tails_to(std::vector<double>::const_iterator next) const {
    std::vector<double> const& values = exact_->values;
    if (next == values.begin()) return {0, 1};
    if (next == values.end()) return {1, 0};
    return exact_->tails(*(next - 1) + (*next - *(next - 1)) / 2);
  }

  RuntimeDistribution const* exact_;
  std::vector<double>::const_iterator begin_, end_;
};

/// @param intervals  are they wanted, too? They suppose independent iterations
std::vector<Quantile> quantiles_of(Point const& point, Summary const& summary, TimeScale time,
                                   std::span<double const> probabilities, bool intervals) {
  std::vector<Quantile> quantiles;
  if (summary.histogram.empty() || probabilities.empty()) return quantiles;
  std::optional<RuntimeDistribution> const exact = exact_distribution(point);
  auto const runtime = [&](std::optional<double> const& sum) -> std::optional<double> {
    if (!sum) return std::nullopt;
    return round_to_12_digits(time.offset + time.scale * *sum);
  };
  auto const values_in = [&](BinRange bin) { return BinValues(*exact, time, bin); };
  for (double const probability : probabilities) {
    auto const [value, low, high] =
        quantile(summary.histogram, probability, {summary.minimum, summary.maximum});
    Quantile result{probability, *runtime(value), {}, {}};
    if (intervals) {
      result.low = runtime(low);
      result.high = runtime(high);
    }
    if (exact && !exact->values.empty()) {
      QuantileBins const bins = *quantile_bins(summary.histogram, probability);
      if (BinValues const values = values_in(bins.value); !values.empty())
        result.value = round_to_12_digits(values.at(bins.within));
      if (result.low && !values_in(*bins.low).empty())
        result.low = round_to_12_digits(values_in(*bins.low).first());
      if (result.high && !values_in(*bins.high).empty())
        result.high = round_to_12_digits(values_in(*bins.high).last());
    }
    quantiles.push_back(result);
  }
  return quantiles;
}

Staleness staleness_of(Point const& point, ClockSummary const& clocks) {
  double const total = divide(widen<4>(clocks.staleness), widen<4>(uint128{clocks.gradients}));
  Staleness result{total, exact_staleness(point), {}};
  clocks.stalenesses.for_each([&](std::uint32_t bin, std::uint64_t count) {
    result.counts.push_back({static_cast<std::uint64_t>(std::ceil(Histogram::lower_end(bin))), count});
  });
  return result;
}

/// By how much more than that of one update the variance of some updates in a row is. The steps of a round
/// of local SGD end together: they are as long as each other, and only rounds are independent.
double independent_parts(Point const& point, std::uint64_t updates) {
  Runtime const form = runtime(point);
  auto const* const sum = std::get_if<SlowestSum>(&form);
  if (sum == nullptr) return static_cast<double>(updates);
  auto const steps = static_cast<double>(sum->steps);
  std::uint64_t const rounds = updates / sum->steps;
  auto const rest = static_cast<double>(updates % sum->steps);
  return static_cast<double>(rounds) * steps * steps + rest * rest;
}

/// An end of an interval, with as many digits as half a per cent of the interval's width needs: 12 are too
/// few beside a large origin.
double interval_end(double end, double half_width) {
  double const ratio = std::abs(end) / (0.01 * half_width);
  int const needed = ratio > 1 ? static_cast<int>(std::ceil(std::log10(ratio))) + 1 : 1;
  return round_to_digits(end, std::clamp(needed, 12, 17));
}

/// Can the standard error be told from what is rounded? Means are doubles, of which 2^-50 may be lost; delays
/// are rounded to the quantum, which may bias a mean by half of it for each that is added.
bool is_resolved(MeanInterval const& interval, Observable const& seen, TimeScale time) {
  if (interval.standard_error < 0x1p-50 * std::abs(interval.mean)) return false;
  double const deviation =
      interval.standard_error * std::sqrt(static_cast<double>(interval.degrees_of_freedom) + 1);
  double const quantum = std::ldexp(time.scale, seen.quantum_exponent);
  // Where delays spread over many quanta, their rounding errors average out.
  return interval.standard_error > quantum || deviation > 256 * quantum;
}

/// Under laws without memory async and k-async are order statistics, which follow no job: their mean
/// staleness is known all the same.
std::optional<Staleness> staleness_without_clocks(Point const& point, Runtime const& form) {
  bool const goes_on =
      std::holds_alternative<Async>(point.strategy) || std::holds_alternative<KAsync>(point.strategy);
  if (!goes_on || std::holds_alternative<Clocks>(form)) return std::nullopt;
  return Staleness{{}, exact_staleness(point), {}};
}

double mean_of(Summary const& summary, TimeScale time, int quantum_exponent) {
  return time.offset + std::ldexp(time.scale, quantum_exponent) *
                           divide(widen<4>(summary.ticks), widen<4>(uint128{summary.iterations}));
}

}  // namespace

double MeanInterval::half_width() const { return student_t_95(degrees_of_freedom) * standard_error; }

std::optional<MeanInterval> mean_interval(Point const& point, Summary const& summary) {
  if (runtime_tail_index(point) <= 2 || summary.iterations < 2) return std::nullopt;
  Observable const seen = observable(point);
  if (std::holds_alternative<Clocks>(seen.runtime) && summary.clocks.replications < 2) return std::nullopt;
  TimeScale const time = time_scale(point, seen);
  auto const [error, parts] = spread_of_mean(summary, std::ldexp(time.scale, seen.quantum_exponent));
  if (error == 0) return std::nullopt;
  return MeanInterval{mean_of(summary, time, seen.quantum_exponent), error, parts - 1};
}

Estimate estimate(Point const& point, Summary const& summary, std::span<double const> quantiles) {
  Observable const seen = observable(point);
  TimeScale const time = time_scale(point, seen);
  double const quantum = std::ldexp(time.scale, seen.quantum_exponent);
  auto const runtime = [&](double sum) { return time.offset + time.scale * sum; };

  Estimate result{};
  result.iterations = summary.iterations;
  result.minimum = runtime(static_cast<double>(summary.minimum));
  result.maximum = runtime(static_cast<double>(summary.maximum));
  result.quantiles = quantiles_of(point, summary, time, quantiles, are_independent(seen.runtime));
  result.bins = joined_bins(summary.histogram);
  result.staleness = are_independent(seen.runtime) ? staleness_without_clocks(point, seen.runtime)
                                                   : std::optional(staleness_of(point, summary.clocks));

  std::optional<Moments> const exact = exact_runtime(point);
  double const tail_index = runtime_tail_index(point);
  if (tail_index <= 1 || (exact && std::isinf(exact->mean))) return result;
  double const mean = mean_of(summary, time, seen.quantum_exponent);
  result.mean = mean;
  if (exact) result.expected = round_to_12_digits(exact->mean);
  if (tail_index <= 2) return result;
  if (summary.iterations < 2) return result;
  result.standard_deviation =
      quantum * std::sqrt(variance(summary.iterations, summary.ticks, summary.squared_ticks));
  std::optional<MeanInterval> const interval = mean_interval(point, summary);
  if (!interval) return result;
  double const half_width = interval->half_width();
  result.standard_error = interval->standard_error;
  result.ci95_low = interval_end(mean - half_width, half_width);
  result.ci95_high = interval_end(mean + half_width, half_width);
  result.degrees_of_freedom = interval->degrees_of_freedom;
  if (exact && is_resolved(*interval, seen, time))
    result.z = round_to_4_decimals((mean - exact->mean) / interval->standard_error);
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
