/// Engine `cpu` of a race: replications side by side in vector registers.
#pragma once

#include <cstdint>
#include <optional>

#include "dsgd/engine/stop_check.hpp"
#include "dsgd/race/summary.hpp"
#include "dsgd/race/task.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "race/lane_delays.hpp"
#include "race/lanes_on_clocks.hpp"
#include "race/trained_lanes.hpp"

namespace dsgd {

/// Adds replications of one point, for one thread. All of them have their updates together, each at its own
/// time; they are followed until the last one has nothing left to measure.
class RaceLanes {
 public:
  /// True for moderate numbers of equal workers with a loss in common, under all rules that let the same number
  /// of workers begin in every replication.
  static bool serves(RaceTask const& task);

  /// @pre serves(task); the task outlives this
  RaceLanes(RaceTask const& task, InstructionSet const& set, StopCheck stop);
  RaceLanes(RaceLanes const&) = delete;  // clocks_ refers to its neighbours
  RaceLanes& operator=(RaceLanes const&) = delete;
  RaceLanes(RaceLanes&&) = delete;
  RaceLanes& operator=(RaceLanes&&) = delete;
  ~RaceLanes() = default;

  /// Adds `count` replications from `first` on. @throws Stopped
  /// @pre 1 <= count <= race_lanes, first + count <= 2^32
  void operator()(std::uint64_t first, std::uint32_t count, RaceSummary& summary);

 private:
  void follow(OrderStatistic const& statistic);
  void follow(SlowestSum const& sum);
  void follow(Clocks const& clocks);

  RaceTask const* task_;
  InstructionSet const* set_;
  StopCheck stop_;
  std::uint32_t workers_;
  TrainedLanes trained_;
  LaneDelays delays_;
  std::optional<LanesOnClocks> clocks_;
};

}  // namespace dsgd
