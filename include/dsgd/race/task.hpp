/// What an engine has to know of a point of a race.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/clock/plan.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/race/noise.hpp"
#include "dsgd/race/point.hpp"
#include "dsgd/race/step.hpp"
#include "dsgd/race/summary.hpp"

namespace dsgd {

/// What is measured of every replication.
struct RaceMeasures {
  std::vector<double> times;           ///< at which the error is taken, ascending, >= 0
  std::vector<std::uint64_t> updates;  ///< after which it is taken, ascending
  std::optional<double> target = {};   ///< error whose first time is looked for, until the last of the times
};

/// Workers in a row that share a law.
struct RacedGroup {
  std::uint64_t end;  ///< number of the first worker after them
  LawSampler law;
  double origin;  ///< smallest delay, time units
};

/// A point with all that follows from it. It stays where it is: samplers may point into the laws.
class RaceTask {
 public:
  /// @param common  true where points of different numbers of workers share the draws of their delays
  /// @pre the strategy fits the workers; a target needs a time
  RaceTask(RacePoint raced, RaceMeasures what, std::uint64_t seed, bool common)
      : point(std::move(raced)),
        measures(std::move(what)),
        form(race_form(point)),
        gradients(race_gradients(point)),
        scale(dsgd::scale(point.strategy, point.workers())),
        jobs(clock_stream(seed, point.workers(), common)),
        directions(race_directions(point.model, point.learning_rate, point.workers())),
        average(average_of(gradients)),
        noise(noise_of_update(point.model.noise, point.learning_rate, gradients)) {
    DSGD_EXPECTS(!measures.target || !measures.times.empty());
    if (meets(point.strategy)) meeting = point.communication + communication(point.strategy);
    if (auto const* const sum = std::get_if<SlowestSum>(&form))
      rounds = race_rounds(point.model, point.learning_rate, point.workers(), sum->steps);
    std::uint64_t end = 0;
    for (FleetGroup const& group : point.fleet.groups())
      groups.push_back({end += group.workers, sampler(group.law), origin(group.law)});
    error_exponent = std::ilogb(typical_error()) - bits_below;
    if (measures.target && measures.times.back() > 0)
      time_exponent = std::ilogb(measures.times.back()) - bits_below;
  }
  RaceTask(RaceTask const&) = delete;
  RaceTask& operator=(RaceTask const&) = delete;
  RaceTask(RaceTask&&) = delete;
  RaceTask& operator=(RaceTask&&) = delete;
  ~RaceTask() = default;

  RaceSummary empty_summary() const { return {measures.times.size(), measures.updates.size()}; }

  RacePoint const point;
  RaceMeasures const measures;
  Runtime const form;
  std::uint64_t const gradients;  ///< that enter an update of the server, at least
  double const scale;             ///< of delays
  Stream const jobs;              ///< of the delays: those of clocks
  std::vector<RaceDirection> const directions;
  double const average;           ///< 1 / gradients
  double const noise;             ///< standard deviation of what an update's noise adds in each direction
  double meeting = 0;             ///< time of communication per update of the server
  std::vector<RaceRound> rounds;  ///< where workers take steps of their own: one for each direction
  std::vector<RacedGroup> groups;
  int error_exponent;     ///< errors are counted in 2^error_exponent
  int time_exponent = 0;  ///< first times are counted in 2^time_exponent time units

  /// Quanta are 2^-40 of a typical error: what falls below counts as 0, what exceeds 2^22 times as diverged.
  static constexpr int bits_below = 40;

 private:
  /// That of the start, of one gradient's noise, or of the distance between minima, whichever is the largest.
  double typical_error() const {
    double errors[3] = {};
    for (double const curvature : point.model.curvatures) {
      double const step = point.learning_rate * point.model.noise;
      double const lengths[] = {point.model.start, step, point.model.minima};
      for (int i = 0; i < 3; ++i) errors[i] += curvature / 2 * (lengths[i] * lengths[i]);
    }
    double const largest = *std::max_element(errors, errors + 3);
    return largest > 0 ? largest : 1;
  }
};

}  // namespace dsgd
