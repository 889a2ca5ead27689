/// Who computes a race.
#pragma once

#include <cstdint>
#include <string>

#include "dsgd/race/summary.hpp"
#include "dsgd/race/task.hpp"
#include "run/parallel.hpp"
#include "run/work_meter.hpp"

namespace dsgd {

/// How a race is computed: nothing of this changes a bit of its summaries.
struct RaceEngine {
  std::string name = "cpu";  ///< cpu, cuda or reference
  unsigned threads = 1;      ///< >= 1; engine reference uses one
  Stop stop = {};
  WorkMeter meter = {};  ///< counts replications as steps
};

/// Finds the engine of a name; `auto` is cpu.
/// @throws Error usage for an unknown name, engine_unavailable for an engine that does not race
std::string race_engine(std::string const& name);

/// What computes, for provenance: "2 threads", or the name of a GPU. @throws Error engine_unavailable without one
std::string race_device(RaceEngine const& engine);

/// Runs the replications 0 .. replications - 1 of a point.
/// @throws Error stopped; engine_unavailable where there is no GPU, device on a CUDA error
RaceSummary race(RaceTask const& task, std::uint64_t replications, RaceEngine const& engine);

}  // namespace dsgd
