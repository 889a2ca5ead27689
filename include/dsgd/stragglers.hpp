#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/host_device.hpp"
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
  DSGD_HD double share() const { return enter / (enter + leave); }

  /// Finds out whether a worker is slow in a job.
  /// @param word      uniform
  /// @param is_first  true for its first job
  /// @param was_slow  true where it was slow in the job before; of no meaning for the first
  DSGD_HD bool is_slow(std::uint32_t word, bool is_first, bool was_slow) const {
    double const u = static_cast<double>(word) * 0x1p-32;
    if (is_first) return u < share();
    return was_slow ? u >= leave : u < enter;
  }

  /// What a job takes on average, in its delays.
  double mean_factor() const { return 1 + share() * (factor - 1); }

  /// Jobs after which the state that a worker began with no longer matters: it does with a probability below 1e-7.
  double settling_jobs() const { return 16 / (enter + leave); }

  friend bool operator==(Stragglers const&, Stragglers const&) = default;
};

}  // namespace dsgd
