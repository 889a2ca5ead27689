#include "recommend/replayed_clocks.hpp"

#include <algorithm>
#include <variant>

#include "dsgd/expects.hpp"
#include "dsgd/planned_point.hpp"
#include "engines/definition/clock_replication.hpp"
#include "statistics/estimate.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t windows = 4;
constexpr std::uint64_t longest_window = 25000;  ///< arrivals
constexpr std::uint64_t most_passes = 4;         ///< before it

}  // namespace

double mean_of_passes(Point const& point, std::uint64_t seed) {
  DSGD_EXPECTS(point.fleet.replay() && std::holds_alternative<Clocks>(runtime(point)));
  PlannedPoint const planned(point);
  Observable seen = planned.observable();
  std::uint64_t const gradients = std::get<Clocks>(seen.runtime).gradients;
  std::uint64_t const pass = seen.replay->steps() * point.workers();
  seen.plan.replications = windows;
  seen.plan.updates = std::max<std::uint64_t>(1, std::min(pass, longest_window) / gradients);
  seen.plan.warm_up = std::min(seen.plan.warm_up, most_passes * pass / gradients);
  Summary summary;
  for (std::uint64_t window = 0; window < windows; ++window)
    add_replication({seed, point.stream.id}, window, seen, summary);
  return sample_mean(planned, summary);
}

}  // namespace dsgd
