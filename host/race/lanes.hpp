/// Engine `cpu` of a race: replications side by side in vector registers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/engine/stop_check.hpp"
#include "dsgd/race/summary.hpp"
#include "dsgd/race/task.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/philox_plan.hpp"

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

  /// Adds `count` replications from `first` on. @throws Stopped  @pre 1 <= count <= race_lanes
  void operator()(std::uint64_t first, std::uint32_t count, RaceSummary& summary);

 private:
  static constexpr std::uint32_t lanes = race_lanes;
  static constexpr std::uint32_t jobs_ahead = 8;  ///< of each worker: two blocks of Philox

  void start(std::uint64_t first, std::uint32_t count);
  void follow(OrderStatistic const& statistic);
  void follow(SlowestSum const& sum);
  void follow(Clocks const& clocks);

  // Time and model.
  bool measure(RaceSummary& summary);
  void measure_lane(std::uint32_t lane, RaceCheckpoint& at) const;
  void draw_noise();
  void apply_sums();
  void finish_update();
  void look_for_target();
  double error(std::uint32_t lane) const;

  // Delays.
  void draw_words(std::uint32_t worker, std::uint64_t job);
  void find_delays(std::uint32_t const* words, std::uint32_t count);
  void begin(std::uint32_t slot, double time);
  void begin_all();
  void take_models(std::uint32_t slot, std::uint32_t lane);
  void fulfil_requests();
  void fulfil(std::span<std::uint64_t const> requests);

  RaceTask const* task_;
  InstructionSet const* set_;
  StopCheck stop_;
  PhiloxPlan job_plan_, noise_plan_;
  std::uint32_t workers_, directions_;
  LawSampler law_;
  double origin_;

  RaceSummary* summary_ = nullptr;
  std::uint32_t first_ = 0, active_ = 0;   ///< number of the replication in lane 0, and lanes that hold one
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

  // Where clocks are followed. A slot is a worker in a lane: worker lanes + lane.
  std::vector<double> ends_;             ///< [slot], when its job ends; infinite where it waits
  std::vector<double> delays_;           ///< [slot][jobs_ahead], of job n at n mod jobs_ahead
  std::vector<double> taken_;            ///< [direction][slot], models that gradients are computed of
  std::vector<std::uint32_t> jobs_;      ///< [slot], begun
  std::vector<std::uint32_t> versions_;  ///< [slot], updates that its model has seen
  std::vector<std::uint32_t> arrived_;   ///< [lanes], who has
  std::vector<std::uint32_t> waiting_;   ///< [gradients][lanes], who waits for the update
  std::vector<std::uint64_t> pending_;   ///< [lanes], staleness of the gradients since the last update
  std::vector<std::uint64_t> requests_;  ///< 2^32 block + slot: four jobs to draw

  std::vector<std::uint32_t> blocks_, numbers_, replications_, words_, scratch_, selected_;
  std::vector<float> excesses_;
};

}  // namespace dsgd
