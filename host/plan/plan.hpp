/// What a sweep would cost and give, without running it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/table.hpp"
#include "plan/precision.hpp"

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
  std::uint64_t iterations;       ///< that are asked for, of each
  std::uint64_t most_iterations;  ///< that one of them does: more, where clocks are followed
  DrawCounts draws;
  std::uint64_t memory;  ///< bytes for points and results, about
  Precision precision;
  std::vector<EnginePlan> engines;  ///< in the order of the table
};

struct PlanRequest {
  std::string engine;  ///< "auto" for all
  EngineOptions options;
  std::vector<BenchFigure> bench;    ///< engines that it has are not calibrated
  double calibration_seconds = 0.5;  ///< of all engines together
  double precision_seconds = 0.15;
};

/// @pre there is a point
/// @throws Error as make_engine() where a named engine is none or cannot do the sweep; as check_devices();
/// what engines throw
Plan make_plan(std::span<Point const> points, PlanRequest const& request);

}  // namespace dsgd
