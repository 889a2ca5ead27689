/// Models of replications side by side, and what is measured of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsgd/race/summary.hpp"
#include "dsgd/race/task.hpp"
#include "race/lane_words.hpp"

namespace dsgd {

/// All replications have their updates together, each at its own time: who follows the clocks moves times() on
/// to the next update, measures, and only then updates.
class TrainedLanes {
 public:
  /// @pre the workers have a loss in common; the task outlives this
  TrainedLanes(RaceTask const& task, InstructionSet const& set);

  /// @param first    number of the replication in lane 0
  /// @param count    lanes that hold one, in [1, race_lanes]
  /// @param summary  to which is added what is measured; it outlives the last update
  void start(std::uint32_t first, std::uint32_t count, RaceSummary& summary);

  /// [race_lanes], of the last update, time units.
  std::vector<double>& times() { return times_; }

  /// Updates of the server.
  std::uint64_t served() const { return served_; }

  /// [race_lanes], in one direction.
  double const* models(std::uint32_t direction) const {
    return models_.data() + std::size_t{direction} * race_lanes;
  }

  /// [race_lanes], in one direction, of the gradients of the next update; 0 after an update.
  double* sums(std::uint32_t direction) { return sums_.data() + std::size_t{direction} * race_lanes; }

  /// Measures what is to be measured before the next update, which comes at times().
  /// @return false where nothing is left to measure
  bool measure();

  /// Counts the staleness of gradients that enter the next update.
  void add_staleness(std::uint32_t lane, std::uint64_t updates) { staleness_[lane] += updates; }

  /// Updates all models with their sums.
  void update();

  /// Updates all models as a round of local SGD does. @pre the task has rounds
  void meet();

 private:
  double error(std::uint32_t lane) const;
  void measure_lane(std::uint32_t lane, RaceCheckpoint& at) const;
  double const* normals(std::uint32_t direction) const;
  void draw_noise();
  void finish_update();
  void look_for_target();

  RaceTask const* task_;
  InstructionSet const* set_;
  std::uint32_t directions_;
  LaneWords noise_;

  RaceSummary* summary_ = nullptr;
  std::uint32_t active_ = 0;               ///< lanes that hold a replication
  std::uint64_t served_ = 0;               ///< updates of the server
  std::size_t next_update_ = 0;            ///< that is to be measured
  std::uint32_t unfinished_ = 0;           ///< lanes that have times left to measure
  std::vector<std::size_t> next_time_;     ///< [lanes], that is to be measured
  std::vector<double> due_;                ///< [lanes], that time; infinite where there is none
  std::vector<double> times_;              ///< [lanes], of the last update
  std::vector<double> models_, sums_;      ///< [direction][lanes]
  std::vector<double> normals_;            ///< [direction][4][lanes], of four updates
  std::vector<std::uint64_t> staleness_;   ///< [lanes], of the gradients that entered
  std::vector<std::uint8_t> has_reached_;  ///< [lanes], the target
};

}  // namespace dsgd
