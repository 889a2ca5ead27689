#pragma once

#include <string_view>
#include <tuple>

#include "dsgd/parameter.hpp"

namespace dsgd {

/// Workers that are slow for a while: before each of its jobs a worker may change between its usual speed and a slow
/// one, at which a job takes `factor` times its delay. A Markov chain of two states, one for each worker, which starts
/// with its long-run law.
struct Stragglers {
  double enter = 0.01;  ///< probability that a worker at its usual speed is slow in its next job
  double leave = 0.1;   ///< probability that a slow one is at its usual speed in its next job
  double factor = 10;   ///< time of a slow job, in its delays

  static constexpr std::string_view name{};  ///< it is the only one of its kind
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"enter", &Stragglers::enter, 1e-6, 1, "probability of being slow in the next job"},
        Parameter{"leave", &Stragglers::leave, 1e-6, 1, "probability of being as usual in the next job"},
        Parameter{"factor", &Stragglers::factor, 1, 1e6, "time of a slow job, in its delays"});
  }

  /// Share of slow jobs in the long run.
  double share() const { return enter / (enter + leave); }

  /// What a job takes on average, in its delays.
  double mean_factor() const { return 1 + share() * (factor - 1); }

  /// Jobs after which the state that a worker began with no longer matters: it does with a probability below 1e-7.
  double settling_jobs() const { return 16 / (enter + leave); }

  friend bool operator==(Stragglers const&, Stragglers const&) = default;
};

}  // namespace dsgd
