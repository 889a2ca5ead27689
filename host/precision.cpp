#include "precision.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <variant>

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

/// Has a single runtime more than a tenth of all squared deviations?
bool is_dominated(Summary const& summary, Point const& point, MeanInterval const& interval) {
  TimeScale const time = time_scale(point, observable(point));
  double const deviation = time.offset + time.scale * static_cast<double>(summary.maximum) - interval.mean;
  auto const n = static_cast<double>(summary.iterations);
  return deviation * deviation > 0.1 * interval.standard_error * interval.standard_error * n * n;
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
  bool const clocked = summary.clocks.replications != 0;  // their windows are long, and close to normal
  if (!clocked && is_dominated(summary, point, *interval)) return false;
  return interval->half_width() < relative_error * std::abs(interval->mean);
}

}  // namespace dsgd
