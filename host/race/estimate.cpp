#include "race/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dsgd/expects.hpp"
#include "exact/student_t.hpp"
#include "statistics/quantile.hpp"
#include "statistics/variance.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

double quotient(uint128 sum, std::uint64_t count) { return divide(widen<3>(sum), widen<3>(uint128{count})); }

/// Mean and standard error of ticks. @pre count >= 1
struct Mean {
  double mean, standard_error = 0;

  Mean(TickSums const& sums, std::uint64_t count, int exponent)
      : mean(std::ldexp(quotient(sums.ticks, count), exponent)) {
    if (count < 2) return;
    double const spread = std::sqrt(variance(count, sums.ticks, sums.squared));
    standard_error = std::ldexp(spread, exponent) / std::sqrt(static_cast<double>(count));
  }
};

/// A standard error that tells more than rounding.
bool is_resolved(Mean const& of) { return of.standard_error > 0x1p-45 * of.mean; }

RaceRow row_of(RaceTask const& task, RaceCheckpoint const& at, std::uint64_t replications,
               std::optional<double> time, std::optional<double> const& expected) {
  RaceRow row{time};
  row.updates = round_to_12_digits(quotient(at.updates, replications));
  if (at.gradients > 0)
    row.staleness = round_to_12_digits(divide(widen<3>(at.staleness), widen<3>(at.gradients)));
  if (expected && std::isfinite(*expected)) row.expected = round_to_12_digits(*expected);
  if (at.diverged > 0) return row;
  Mean const error(at.errors, replications, task.error_exponent);
  row.error = round_to_12_digits(error.mean);
  if (!is_resolved(error)) return row;
  row.standard_error = round_to_12_digits(error.standard_error);
  double const half = student_t_95(replications - 1) * error.standard_error;
  row.ci95_low = round_to_12_digits(std::max(error.mean - half, 0.0));
  row.ci95_high = round_to_12_digits(error.mean + half);
  if (row.expected) row.z = round_to_4_decimals((error.mean - *expected) / error.standard_error);
  return row;
}

/// A quantile over all replications of the times of those that were there.
std::optional<double> quantile_of(FirstTimes const& first, std::uint64_t replications, double probability) {
  double const among = probability * static_cast<double>(replications) / static_cast<double>(first.reached);
  if (first.reached == 0 || among >= 1) return std::nullopt;
  return round_to_12_digits(quantile(quantile_bins(first.histogram, among)).value);
}

}  // namespace

std::vector<RaceRow> race_rows(RaceTask const& task, RaceSummary const& summary, std::span<double const> told,
                               std::optional<ExactRace> const& exact) {
  std::vector<RaceRow> rows;
  std::optional<std::vector<double>> expected;
  if (exact) expected = exact_errors_at(*exact, task.point.model, told);
  std::vector<double> const& times = task.measures.times;
  for (std::size_t i = 0; i < told.size(); ++i) {
    auto const place = std::lower_bound(times.begin(), times.end(), told[i]) - times.begin();
    rows.push_back(row_of(task, summary.at_times[static_cast<std::size_t>(place)], summary.replications,
                          told[i], expected ? std::optional((*expected)[i]) : std::nullopt));
  }
  for (std::size_t i = 0; i < task.measures.updates.size(); ++i) {
    std::uint64_t const updates = task.measures.updates[i];
    std::optional<double> known;
    if (exact) known = exact_error_after(*exact, task.point.model, updates);
    rows.push_back(row_of(task, summary.after_updates[i], summary.replications, std::nullopt, known));
    rows.back().updates = static_cast<double>(updates);
  }
  return rows;
}

std::vector<double> mean_errors(RaceTask const& task, RaceSummary const& summary) {
  std::vector<double> errors;
  for (RaceCheckpoint const& at : summary.at_times)
    errors.push_back(at.diverged > 0 ? std::numeric_limits<double>::infinity()
                                     : Mean(at.errors, summary.replications, task.error_exponent).mean);
  return errors;
}

std::optional<double> first_crossing(std::span<double const> times, std::span<double const> errors,
                                     double target) {
  DSGD_EXPECTS(times.size() == errors.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!(errors[i] <= target)) continue;
    if (i == 0 || !std::isfinite(errors[i - 1])) return times[i];
    double const share = (errors[i - 1] - target) / (errors[i - 1] - errors[i]);
    return times[i - 1] + share * (times[i] - times[i - 1]);
  }
  return std::nullopt;
}

std::optional<double> exact_crossing(ExactRace const& exact, Quadratic const& model,
                                     std::span<double const> times, double target) {
  std::vector<double> dense(times.begin(), times.end());
  for (int refinements = 0;; ++refinements) {
    auto const errors = exact_errors_at(exact, model, dense);
    if (!errors) return std::nullopt;
    std::optional<double> const found = first_crossing(dense, *errors, target);
    if (!found || refinements == 2) return found;
    auto const after = std::lower_bound(dense.begin(), dense.end(), *found);
    if (after == dense.begin()) return found;
    double const low = *std::prev(after), high = *after;
    constexpr int parts = 64;
    dense.clear();
    for (int i = 0; i <= parts; ++i) dense.push_back(low + (high - low) * i / parts);
  }
}

TargetResult target_result(RaceTask const& task, RaceSummary const& summary,
                           std::optional<ExactRace> const& exact) {
  DSGD_EXPECTS(task.measures.target.has_value());
  double const target = *task.measures.target;
  auto const rounded = [](std::optional<double> const& value) {
    return value ? std::optional(round_to_12_digits(*value)) : std::nullopt;
  };
  TargetResult result{};
  result.mean_error_time = rounded(first_crossing(task.measures.times, mean_errors(task, summary), target));
  if (exact)
    result.expected_time = rounded(exact_crossing(*exact, task.point.model, task.measures.times, target));
  FirstTimes const& first = summary.first_times;
  result.reached =
      round_to_12_decimals(static_cast<double>(first.reached) / static_cast<double>(summary.replications));
  result.q10 = quantile_of(first, summary.replications, 0.1);
  result.q50 = quantile_of(first, summary.replications, 0.5);
  result.q90 = quantile_of(first, summary.replications, 0.9);
  if (first.reached < summary.replications) return result;
  Mean const time(first.times, first.reached, task.time_exponent);
  result.mean = round_to_12_digits(time.mean);
  if (!is_resolved(time)) return result;
  double const half = student_t_95(first.reached - 1) * time.standard_error;
  result.standard_error = round_to_12_digits(time.standard_error);
  result.ci95_low = round_to_12_digits(std::max(time.mean - half, 0.0));
  result.ci95_high = round_to_12_digits(time.mean + half);
  return result;
}

}  // namespace dsgd
