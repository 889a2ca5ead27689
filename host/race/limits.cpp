#include "race/limits.hpp"

#include <algorithm>
#include <variant>

#include "dsgd/error.hpp"
#include "race/typical_delay.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// The most jobs of a worker in a run, on average: engines count them in 32 bits, and a run of so many takes
/// minutes.
constexpr double most_jobs = 1e9;

void require_ends(Point const& point, RaceMeasures const& measures, std::string const& option) {
  double const last = measures.times.empty() ? 0 : measures.times.back();
  for (FleetGroup const& group : point.fleet.groups()) {
    double const mean = typical_delay(group.law), median = median_delay(group.law);
    if (!(mean > 0))
      throw Error(ExitCode::usage, "--law " + canonical_spec(group.law) + " has delays of 0 alone",
                  "no time passes, and updates never end", "give delays above 0");
    if (last > most_jobs * (median > 0 ? std::min(mean, median) : mean))
      throw Error(ExitCode::usage,
                  option + " " + shortest(last) + " is too late for --law " + canonical_spec(group.law),
                  "a worker has more than 10^9 delays until then", "give earlier times");
  }
  if (measures.updates.empty()) return;
  // Where workers are unequal one may do nearly all jobs.
  std::uint64_t const sharing = point.fleet.equal() ? point.workers() : 1;
  Runtime const form = race_form(point.strategy, point.workers());
  auto const* const clocks = std::get_if<Clocks>(&form);
  double const jobs = static_cast<double>(clocks == nullptr ? 1 : clocks->gradients) *
                      static_cast<double>(measures.updates.back()) / static_cast<double>(sharing);
  if (jobs > most_jobs)
    throw Error(ExitCode::usage,
                "--updates " + std::to_string(measures.updates.back()) + " is too late for --strategy " +
                    canonical_spec(point.strategy),
                "a worker has more than 10^9 delays until then", "give fewer updates");
}

void require_copies(Point const& point) {
  if (point.fleet.replay() && std::holds_alternative<Copied>(race_form(point.strategy, point.workers())))
    throw Error(ExitCode::usage,
                "--strategy " + canonical_spec(point.strategy) + " cannot be used with replay",
                "a measured step has no times of copies",
                "use empirical with the same file, column and worker, which draws each worker's times alone");
}

}  // namespace

void require_race(Point const& point, RaceMeasures const& measures, std::string const& option) {
  require_copies(point);
  require_ends(point, measures, option);
}

}  // namespace dsgd
