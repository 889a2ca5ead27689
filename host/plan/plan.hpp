/// What a sweep would cost and give, without running it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/table.hpp"
#include "plan/precision.hpp"
#include "plan/stopping.hpp"

namespace dsgd {

/// What `dsgd bench` measured of an engine at one number of workers.
struct BenchFigure {
  std::string engine, device;
  std::uint64_t workers;
  double draws_per_second;
};

/// What one engine would need.
struct EnginePlan {
  EngineRow const* engine;
  std::string problem;            ///< why it cannot do the sweep, one clause; empty where it can
  std::string device;             ///< what it would run on
  std::uint64_t memory;           ///< bytes of delays that it keeps at a time, at most
  std::optional<double> seconds;  ///< to be expected; absent where a bench file does not tell
  bool from_bench = false;        ///< from a bench file, in place of a calibration
};

struct Plan {
  std::size_t points;
  std::uint64_t iterations;           ///< that are asked for, of each
  std::uint64_t most_iterations;      ///< that one of them does: more, where clocks are followed
  DrawCounts draws;                   ///< that are left to do
  std::uint64_t memory;               ///< bytes for points and results, about
  Precision precision;                ///< where points do all their iterations
  double wanted_share = 1;            ///< of the whole sweep's draws: less than 1 for a shard
  double done_share = 0;              ///< of the whole sweep's draws, already in the store
  std::optional<Stopping> stopping;   ///< where points stop at their precision
  std::optional<double> max_seconds;  ///< that one run of the sweep may take
  double machine_share = 1;           ///< lowest share of the processor that a probe beside the timing got
  std::vector<EnginePlan> engines;    ///< in the order of the table
};

struct PlanRequest {
  std::string engine;  ///< "auto" for all
  EngineOptions options;
  std::vector<BenchFigure> bench;    ///< engines that it has are not calibrated
  std::vector<PointWork> work = {};  ///< one per point; none: all work of all, nothing of which is done
  std::optional<double> relative_error = {};  ///< at which a point is done
  double calibration_seconds = 0.5;           ///< of all engines together
  double precision_seconds = 0.15;
  double stopping_seconds = 1;
};

/// @pre there is a point
/// @throws Error as make_engine() where a named engine is none or cannot do the sweep; as check_devices();
/// what engines throw
Plan make_plan(std::span<PlannedPoint const> points, PlanRequest const& request);

}  // namespace dsgd
