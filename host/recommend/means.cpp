#include "recommend/means.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dsgd/expects.hpp"
#include "exact/point.hpp"
#include "exact/student_t.hpp"
#include "recommend/drawn_means.hpp"
#include "recommend/other_tables.hpp"
#include "recommend/resampling.hpp"

namespace dsgd {
namespace {

constexpr std::uint32_t batch_count = 20;
constexpr std::uint64_t arrivals_of_iteration = 100;  ///< for clocks whose updates take more

/// Values at the ends of the central 95 %.
std::pair<double, double> central_95(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  auto const at = [&](double share) {
    return values[static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)))];
  };
  return {at(0.025), at(0.975)};
}

double average(std::vector<double> const& values) {
  double sum = 0;
  for (double const value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

DrawOptions draws(MeansOptions const& options, std::uint64_t iterations, std::uint64_t seed) {
  return {iterations, iterations, arrivals_of_iteration * iterations, seed, options.threads, options.stop};
}

/// Ends of Student's interval of a mean of independent values around 0.
std::pair<double, double> mean_interval(std::vector<double> const& values) {
  auto const n = static_cast<double>(values.size());
  double const mean = average(values);
  double squares = 0;
  for (double const value : values) squares += (value - mean) * (value - mean);
  double const half = student_t_95(values.size() - 1) * std::sqrt(squares / (n - 1) / n);
  return {-half, half};
}

}  // namespace

Means::Means(std::span<PlannedPoint const> points, MeansOptions const& options) {
  DSGD_EXPECTS(!points.empty() && options.replicates >= 39 && options.iterations >= 1 &&
               options.threads >= 1);
  bool all_exact = true;
  options.meter.begin_unlike("exact means", points.size());
  for (PlannedPoint const& planned : points) {
    if (options.stop && options.stop()) throw stopped_error();
    PartDone const part_done(options.meter);
    std::optional<Moments> const exact = exact_runtime(planned.point());
    mean_.push_back(exact ? exact->mean : 0);
    exact_.push_back(exact.has_value());
    all_exact = all_exact && exact;
  }
  varied_.resize(points.size());
  is_drawn_.resize(points.size());
  if (points.front().point().fleet.is_measured()) {
    resample(points, options);
  } else if (!all_exact) {
    draw_batches(points, options);
  }
}

void Means::resample(std::span<PlannedPoint const> points, MeansOptions const& options) {
  basis_ = Basis::steps;
  Fleet const& fleet = points.front().point().fleet;
  rows_ = measured_rows(fleet);
  std::vector<Point> unknown;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!exact_[i]) unknown.push_back(points[i].point());
  if (!unknown.empty()) options.meter.begin_unlike("means that are drawn", unknown.size());
  std::vector<double> const found =
      drawn_means(std::move(unknown), draws(options, options.iterations, options.seed));
  for (std::size_t i = 0, next = 0; i < points.size(); ++i)
    if (!exact_[i]) mean_[i] = found[next++];

  OtherTables const tables(points, {options.seed, options.stop, options.weight});
  block_ = tables.block();
  for (std::size_t i = 0; i < points.size(); ++i) {
    varied_[i].resize(options.replicates);
    is_drawn_[i] = tables.is_drawn(i);
  }
  options.meter.begin("tables drawn from the measured times", options.replicates);
  for_each_index(options.replicates, options.threads, options.stop, [&](std::uint32_t replicate) {
    PartDone const part_done(options.meter);
    std::vector<double> const log_means = tables.log_means(replicate);
    for (std::size_t i = 0; i < points.size(); ++i) varied_[i][replicate] = log_means[i];
  });
}

void Means::draw_batches(std::span<PlannedPoint const> points, MeansOptions const& options) {
  basis_ = Basis::batches;
  std::vector<Point> unknown;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!exact_[i]) unknown.push_back(points[i].point());
  std::uint64_t const iterations = std::max<std::uint64_t>(1, options.iterations / batch_count);
  std::vector<std::vector<double>> batches(batch_count);
  options.meter.begin("batches of draws", batch_count);
  for (std::uint32_t batch = 0; batch < batch_count; ++batch) {
    PartDone const part_done(options.meter);
    std::uint64_t const seed = options.seed + batch * 0x9e3779b97f4a7c15;  // no user counts in such steps
    batches[batch] = drawn_means(unknown, draws(options, iterations, seed));
  }
  for (std::size_t i = 0, next = 0; i < points.size(); ++i) {
    if (exact_[i]) {
      varied_[i].assign(batch_count, std::log(mean_[i]));
      continue;
    }
    for (std::vector<double> const& batch : batches) {
      mean_[i] += batch[next] / batch_count;
      varied_[i].push_back(std::log(batch[next]));
    }
    ++next;
  }
}

Ratio Means::ratio(std::size_t a, std::size_t b) const {
  DSGD_EXPECTS(a < mean_.size() && b < mean_.size());
  Ratio result{mean_[a] / mean_[b], {}, {}};
  if (basis_ == Basis::exact || a == b || (basis_ == Basis::batches && exact_[a] && exact_[b])) return result;
  std::vector<double> apart(varied_[a].size());
  for (std::size_t i = 0; i < apart.size(); ++i) apart[i] = varied_[a][i] - varied_[b][i];
  // Draws that all tables share move the mean of a drawn point, by as much in all of them.
  bool const by_average = basis_ == Basis::batches || is_drawn_[a] || is_drawn_[b];
  double const center = by_average ? average(apart) : std::log(result.value);
  for (double& value : apart) value -= center;
  auto const [low, high] =
      basis_ == Basis::batches ? mean_interval(apart) : interval_over_rows(std::move(apart));
  result.low = result.value * std::exp(low);
  result.high = result.value * std::exp(high);
  return result;
}

/// Percentiles, made wider for few rows: they are as if a sample's deviation were divided by n and a normal
/// law stood for Student's. Source: Hesterberg, "What Teachers Should Know About the Bootstrap", 2015, 4.
std::pair<double, double> Means::interval_over_rows(std::vector<double> deviations) const {
  auto const n = static_cast<double>(std::max<std::size_t>(2, rows_ / block_));
  double const wider = student_t_95(static_cast<std::uint64_t>(n) - 1) / normal_95 * std::sqrt(n / (n - 1));
  auto const [low, high] = central_95(std::move(deviations));
  return {wider * low, wider * high};
}

}  // namespace dsgd
