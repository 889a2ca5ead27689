/// What kernels read of a race's task.
#pragma once

#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "dsgd/race/step.hpp"
#include "dsgd/runtime.hpp"
#include "kernels/fused/any_law.cuh"

namespace dsgd::kernels {

/// Workers in a row that share a law.
struct RaceGroup {
  std::uint32_t end;  ///< number of the first worker after them
  double origin;      ///< smallest delay, time units
  AnyLaw law;
};

/// Which workers end jobs, and how long these take.
struct RaceWorkers {
  Stream jobs;
  std::uint32_t count;
  double scale;             ///< of delays
  RaceGroup const* groups;  ///< [group_count]
  std::uint32_t group_count;
  float const* replay;  ///< [steps][workers], measured times beyond the origins; nullptr where they are drawn
  std::uint32_t steps;  ///< that were measured
};

/// The model that they train. Arrays have one element per direction.
struct RaceModel {
  RaceDirection const* directions;
  RaceRound const* rounds;  ///< where workers take steps of their own
  double const* curvatures;
  std::uint32_t count;  ///< of directions
  bool is_common;       ///< true where all workers have the same loss
  double start, noise, learning_rate;
};

/// When updates come.
struct RaceRule {
  enum Form : std::uint32_t { ranked, deadlined, copied, summed, clocks };

  Form form;
  std::uint64_t gradients;  ///< of an update that follows clocks
  double meeting;           ///< time of communication per update
  bool takes_all_data;      ///< true where an update takes the gradient of all the data

  std::uint64_t rank;   ///< that is waited for in rounds
  double deadline;      ///< time units
  Copied copies;        ///< of the form `copied`
  std::uint32_t steps;  ///< of each worker, of the form `summed`

  bool they_wait, all_restart, is_bounded;  ///< of the form `clocks`, see clock/rule/
  std::uint32_t staleness;  ///< jobs that a worker may be ahead of the slowest, where it is bounded
};

/// What is measured.
struct RaceMarks {
  double const* times;           ///< [time_count], ascending
  std::uint64_t const* updates;  ///< [update_count], ascending
  std::uint32_t time_count, update_count;
  std::uint64_t at_once;  ///< updates by which an update of the server counts
  int error_exponent, time_exponent;
  bool has_target;
  double target, last_time;  ///< error that is looked for, and until when
};

/// All of it. Pointers are to device memory.
struct DeviceRace {
  RaceWorkers workers;
  RaceModel model;
  RaceRule rule;
  RaceMarks marks;
};

}  // namespace dsgd::kernels
