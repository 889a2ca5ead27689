#include "plan/stopping.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "run/stopping_rule.hpp"

namespace dsgd {
namespace {

/// Counts a point that does some of the units that are wanted of it.
void count(Stopping& stopping, PlannedPoint const& point, std::uint64_t units, std::uint64_t wanted) {
  if (units == wanted) {
    ++stopping.not_stopped;
    return;
  }
  std::uint64_t const iterations = iterations_done(point) / work_units(point) * units;
  stopping.fewest = stopping.stopped == 0 ? iterations : std::min(stopping.fewest, iterations);
  stopping.most = std::max(stopping.most, iterations);
  ++stopping.stopped;
}

}  // namespace

Stopping expect_stops(std::span<PlannedPoint const> points, std::span<PointWork> work, double relative_error,
                      double seconds) {
  using Clock = std::chrono::steady_clock;
  auto const end = Clock::now() + std::chrono::duration<double>(seconds);
  Stopping stopping{relative_error};
  std::vector<std::uint64_t> units(points.size());
  std::vector<bool> finished(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    units[i] = work[i].units.count;
    finished[i] = work[i].done == units[i];
    if (finished[i]) continue;  // or another shard's
    bool const in_time = i == 0 || Clock::now() < end;
    std::optional<std::uint64_t> const expected =
        in_time ? expected_decision(points[i], relative_error) : std::nullopt;
    if (!expected) {
      ++stopping.unknown;
      continue;
    }
    units[i] = std::clamp(*expected, work[i].done, work[i].units.count);
    count(stopping, points[i], units[i], work[i].units.count);
  }
  // Points that share their draws cost as much as the one of them that stops last.
  for (DrawGroup const& group : group_by_draws(points, work, finished)) {
    std::uint64_t most = 0;
    for (std::size_t const point : group.points) most = std::max(most, units[point]);
    for (std::size_t const point : group.points) work[point].units.count = most;
  }
  return stopping;
}

}  // namespace dsgd
