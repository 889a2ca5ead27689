/// Workers' clocks of replications side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsgd/engine/stop_check.hpp"
#include "race/lane_delays.hpp"
#include "race/trained_lanes.hpp"

namespace dsgd {

/// Follows strategies whose workers go on at clocks of their own: each turn takes the earliest arrival of every
/// lane. A slot is a worker in a lane: worker race_lanes + lane.
class LanesOnClocks {
 public:
  /// True for moderate numbers of workers, under all rules that let the same number of workers begin in every
  /// replication.
  static bool serves(Clocks const& clocks, std::uint64_t workers);

  /// @pre the task's form is Clocks that this serves; all of these outlive this
  LanesOnClocks(RaceTask const& task, InstructionSet const& set, TrainedLanes& trained, LaneDelays& delays);

  /// Follows the replications that have been started, until nothing is left to measure. @throws Stopped
  void follow(StopCheck& stop);

 private:
  static constexpr std::uint32_t jobs_ahead = 8;  ///< of each worker: two blocks of Philox

  void start();
  void deliver();
  void go_on(bool is_update, std::uint64_t arrivals);
  void begin(std::uint32_t slot);
  void begin_all();
  void fulfil_requests();

  RaceTask const* task_;
  InstructionSet const* set_;
  TrainedLanes& trained_;
  LaneDelays& delays_;
  Clocks const clocks_;
  NextJob const rule_;
  std::uint32_t const directions_, slots_;

  std::vector<double> ends_;                   ///< [slot], when its job ends; infinite where it waits
  std::vector<double> times_;                  ///< [slot][jobs_ahead], of job n at n mod jobs_ahead
  std::vector<double> taken_;                  ///< [direction][slot], models that gradients are computed of
  std::vector<std::uint32_t> jobs_;            ///< [slot], begun
  std::vector<std::uint32_t> versions_;        ///< [slot], updates that its model has seen
  std::vector<std::uint32_t> arrived_;         ///< [lanes], who has
  std::vector<std::uint32_t> waiting_;         ///< [gradients][lanes], slots that wait for the update
  std::vector<std::uint64_t> pending_;         ///< [lanes], staleness of the gradients since the last update
  std::vector<LaneDelays::Request> requests_;  ///< four jobs each, to be drawn
};

}  // namespace dsgd
