#include "plan/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <iterator>

namespace dsgd {
namespace {

constexpr std::size_t groups_per_form = 5;

struct Timing {
  double units, seconds;
};

/// Runs some units of a group's work; where it has not as many, all of them several times over, as if other
/// groups like it followed.
Timing timed(Engine& engine, Batch const& batch, PlannedGroup const& group, double wanted,
             std::function<double()> const& now) {
  auto const per_piece =
      static_cast<std::uint64_t>(std::ceil(std::min(wanted, static_cast<double>(group.units))));
  auto const pieces = static_cast<std::uint64_t>(std::ceil(wanted / static_cast<double>(per_piece)));
  std::vector<Summary> summaries(batch.observables.size());
  std::vector<Work> work;
  for (std::uint64_t i = 0; i < pieces; ++i) work.push_back({&batch, {i * per_piece, per_piece}, summaries});
  double const start = now();
  engine.run(work);
  return {static_cast<double>(pieces * per_piece), now() - start};
}

/// Grows a part of the group until it takes long enough; the difference of the last two leaves out what a run
/// takes whatever its size.
/// @param seconds  for all runs together
double seconds_per_unit(Engine& engine, Batch const& batch, PlannedGroup const& group, double seconds,
                        std::function<double()> const& now) {
  constexpr double first_draws = 1 << 14;
  constexpr double growth = 4;
  double units = std::max(1.0, first_draws / group.draws_per_unit);
  for (Timing before = timed(engine, batch, group, units, now);;) {
    // The next takes about `growth` times as long.
    if (before.seconds * growth > seconds || units * growth > 0x1p32) return before.seconds / before.units;
    units *= growth;
    Timing const after = timed(engine, batch, group, units, now);
    if (after.seconds * growth > seconds && after.seconds > before.seconds)
      return (after.seconds - before.seconds) / (after.units - before.units);
    before = after;
  }
}

}  // namespace

std::vector<PlannedGroup const*> typical_groups(std::span<PlannedGroup const> groups) {
  std::vector<PlannedGroup const*> chosen;
  for (auto first = groups.begin(); first != groups.end();) {
    auto const end = std::find_if(first, groups.end(), [&](auto const& g) { return g.form != first->form; });
    auto const last = std::prev(end);
    double const ratio = last->draws_per_unit / first->draws_per_unit;
    for (std::size_t i = 0; i < groups_per_form; ++i) {
      double const wanted =
          first->draws_per_unit * std::pow(ratio, static_cast<double>(i) / (groups_per_form - 1));
      auto const group = std::find_if(first, last, [&](auto const& g) { return g.draws_per_unit >= wanted; });
      if (chosen.empty() || chosen.back() != &*group) chosen.push_back(&*group);
    }
    first = end;
  }
  return chosen;
}

Speed calibrate(Engine& engine, std::span<PlannedPoint const> points, std::span<PlannedGroup const> groups,
                double seconds, std::function<double()> const& now) {
  Speed speed;
  std::vector<PlannedGroup const*> const typical = typical_groups(groups);
  for (PlannedGroup const* const group : typical) {
    Batch batch{points.front().point().stream, {}};  // any stream would do
    for (std::size_t const i : group->points) batch.observables.push_back(points[i].observable());
    double const per_unit =
        seconds_per_unit(engine, batch, *group, seconds / static_cast<double>(typical.size()), now);
    speed.add(group->form, group->draws_per_unit, per_unit / group->draws_per_unit);
  }
  return speed;
}

}  // namespace dsgd
