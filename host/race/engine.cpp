#include "race/engine.hpp"

#include <algorithm>
#include <mutex>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/engine/engine.hpp"
#include "dsgd/error.hpp"
#include "engines/choose.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "race/definition.hpp"
#include "race/lanes.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// Replications of a block: enough for vectors, and few enough for every thread to have some.
std::uint64_t block_size(std::uint64_t replications, unsigned threads) {
  std::uint64_t const part = replications / (8 * std::uint64_t{threads});
  return std::clamp<std::uint64_t>(part / race_lanes, 1, 64) * race_lanes;
}

/// Adds replications by the definition.
void add_defined(RaceTask const& task, IterationRange some, StopCheck stop, RaceSummary& summary) {
  for (std::uint64_t i = 0; i < some.count; ++i) add_race(task, some.first + i, summary, stop);
}

/// Adds replications in vectors where they can be followed so.
void add_in_lanes(RaceTask const& task, IterationRange some, InstructionSet const& set, StopCheck const& stop,
                  RaceSummary& summary) {
  if (!RaceLanes::serves(task)) return add_defined(task, some, stop, summary);
  RaceLanes follow(task, set, stop);
  for (std::uint64_t done = 0; done < some.count; done += race_lanes)
    follow(some.first + done,
           static_cast<std::uint32_t>(std::min<std::uint64_t>(some.count - done, race_lanes)), summary);
}

}  // namespace

std::string race_engine(std::string const& name) {
  if (name == "auto") return "cpu";
  if (name == "cpu" || name == "cuda" || name == "reference") return name;
  check_engine_name(name);
  throw Error(ExitCode::engine_unavailable, "--engine " + name + " does not race",
              "it has no models to train", "use --engine cpu, cuda or reference");
}

std::string race_device(RaceEngine const& engine) {
  if (engine.name == "cuda") return make_cuda_races().device;
  return counted(engine.name == "reference" ? 1 : engine.threads, "thread");
}

RaceSummary race(RaceTask const& task, std::uint64_t replications, RaceEngine const& engine) {
  RaceSummary summary = task.empty_summary();
  StopCheck stop = engine.stop ? StopCheck(engine.stop) : StopCheck();
  try {
    if (engine.name == "reference") {
      add_defined(task, {0, replications}, stop, summary);
      engine.meter.step(replications);
      return summary;
    }
    if (engine.name == "cuda") {
      make_cuda_races().computer->add(task, {0, replications}, stop, summary);
      engine.meter.step(replications);
      return summary;
    }
    InstructionSet const& set = choose_instruction_set();
    std::uint64_t const size = block_size(replications, engine.threads);
    auto const blocks = static_cast<std::uint32_t>((replications + size - 1) / size);
    std::mutex merging;
    for_each_index(blocks, engine.threads, engine.stop, [&](std::uint32_t block) {
      RaceSummary own = task.empty_summary();
      std::uint64_t const first = block * size;
      std::uint64_t const count = std::min(size, replications - first);
      add_in_lanes(task, {first, count}, set, stop, own);
      engine.meter.step(count);
      std::lock_guard const lock(merging);
      summary.merge(own);
    });
  } catch (Stopped const&) {
    throw stopped_error();
  }
  return summary;
}

}  // namespace dsgd
