#include "precision.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <variant>

#include "closed_form/closed_form.hpp"
#include "estimate.hpp"

namespace dsgd {
namespace {

/// Below this an interval of skewed runtimes, or of few replications, is not worth a decision: from 1024
/// iterations on, the intervals of Pareto delays of shape 4 would hold the mean 93.8 % of the time.
std::uint64_t first_decision(Point const& point) {
  return std::holds_alternative<Clocks>(runtime(point)) ? 256 : 4096;
}

/// Four to an octave.
std::uint64_t step_at(std::uint64_t units) { return std::max<std::uint64_t>(std::bit_floor(units) / 4, 1); }

/// Has a single runtime more than 1/32 of all squared deviations? An interval that rests on so few rare
/// events holds the mean less often than it says: on thirty 94.2 % of the time, on ten 92.7 %. Source: Hall,
/// "The Bootstrap and Edgeworth Expansion", 1992, 2.6 (Student's t under skewness).
bool is_dominated(Summary const& summary, Point const& point, MeanInterval const& interval) {
  TimeScale const time = time_scale(point, observable(point));
  double const deviation = time.offset + time.scale * static_cast<double>(summary.maximum) - interval.mean;
  auto const n = static_cast<double>(summary.iterations);
  return deviation * deviation > interval.standard_error * interval.standard_error * n * n / 32;
}

/// The interval, no narrower than the exact variance makes it.
/// @return  nothing where the sample has seen less than half of the exact variance: it cannot have seen the
///          tail, and says nothing of the mean
std::optional<MeanInterval> trusted_interval(Point const& point, Summary const& summary,
                                             MeanInterval interval) {
  std::optional<Moments> const exact = exact_runtime(point);
  if (!exact || !exact->variance || !std::isfinite(*exact->variance)) return interval;
  double const known = *exact->variance / static_cast<double>(summary.iterations);
  if (interval.standard_error * interval.standard_error < known / 2) return std::nullopt;
  interval.standard_error = std::max(interval.standard_error, std::sqrt(known));
  return interval;
}

bool is_within(MeanInterval const& interval, double relative_error) {
  return interval.half_width() < relative_error * std::abs(interval.mean);
}

}  // namespace

std::uint64_t next_decision(Point const& point, std::uint64_t done) {
  std::uint64_t const first = first_decision(point);
  if (done < first) return first;
  std::uint64_t const step = step_at(done);
  return (done / step + 1) * step;
}

bool is_decision(Point const& point, std::uint64_t done) {
  return done >= first_decision(point) && done % step_at(done) == 0;
}

bool is_precise(Point const& point, Summary const& summary, double relative_error) {
  std::optional<MeanInterval> const interval = mean_interval(point, summary);
  if (!interval) return false;
  if (!is_within(*interval, relative_error)) return false;
  bool const clocked = summary.clocks.replications != 0;  // their windows are long, and close to normal
  if (clocked) return true;
  std::optional<MeanInterval> const trusted = trusted_interval(point, summary, *interval);
  return trusted && is_within(*trusted, relative_error) && !is_dominated(summary, point, *trusted);
}

}  // namespace dsgd
