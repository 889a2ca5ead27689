/// The list of rules of clocks: when an update comes, and who begins a job. To add a rule, write its header
/// and add its name here; the compiler then names what is missing.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "dsgd/clock/rule/arrivals.hpp"
#include "dsgd/clock/rule/bounded_staleness.hpp"
#include "dsgd/clock/rule/next_job.hpp"
#include "dsgd/clock/rule/restart.hpp"
#include "dsgd/clock/rule/rounds.hpp"
#include "dsgd/clock/rule/workers.hpp"

namespace dsgd {

using ClockRule = std::variant<clock_rule::Arrivals, clock_rule::Workers, clock_rule::Restart,
                               clock_rule::BoundedStaleness, clock_rule::Rounds>;

/// When a worker begins its next job; nothing where the number of arrivals does not say it.
inline std::optional<NextJob> next_job(ClockRule const& rule) {
  return std::visit(
      []<class Rule>(Rule const&) -> std::optional<NextJob> {
        if constexpr (CountedRule<Rule>) return Rule::next_job;
        return std::nullopt;
      },
      rule);
}

/// True where every update begins all workers anew. Updates are then independent, unless jobs depend on those before,
/// and a replication starts with such a restart; under any other rule it starts with its workers in the middle of jobs.
inline bool all_restart(ClockRule const& rule) {
  return std::visit([](auto const& r) { return r.all_restart; }, rule);
}

/// True where workers wait for each other. That changes who is in the middle of what, so that means are those
/// of the long run only after a warm-up.
inline bool they_wait(ClockRule const& rule) {
  return std::visit([](auto const& r) { return r.they_wait; }, rule);
}

/// Jobs that workers which wait for each other may be apart when they have waited.
inline std::uint64_t jobs_apart(ClockRule const& rule) {
  return std::visit(
      [](auto const& r) -> std::uint64_t {
        if constexpr (requires { r.jobs_apart(); }) return r.jobs_apart();
        return 1;
      },
      rule);
}

/// Updates of a round, in which every worker arrives equally often where delays are constant.
inline std::uint64_t updates_per_round(ClockRule const& rule, std::uint64_t workers,
                                       std::uint64_t gradients) {
  return std::visit([&](auto const& r) { return r.updates_per_round(workers, gradients); }, rule);
}

/// The most delays in a row that the time between two updates is made of: it takes at most so many times the
/// longest of them.
inline std::uint64_t delays_in_a_row(ClockRule const& rule, std::uint64_t workers, std::uint64_t gradients) {
  return std::visit([&](auto const& r) { return r.delays_in_a_row(workers, gradients); }, rule);
}

}  // namespace dsgd
