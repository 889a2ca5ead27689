#include "race/engine.hpp"

#include <algorithm>
#include <mutex>

#include "dsgd/error.hpp"
#include "engines/choose.hpp"
#include "race/definition.hpp"

namespace dsgd {
namespace {

/// Replications of a block: enough for vectors, and few enough for every thread to have some.
std::uint64_t block_size(std::uint64_t replications, unsigned threads) {
  return std::clamp<std::uint64_t>(replications / (8 * std::uint64_t{threads}), 64, 4096);
}

void add_some(RaceTask const& task, std::uint64_t first, std::uint64_t end, Stop const& stop,
              RaceSummary& summary) {
  StopCheck check = stop ? StopCheck(stop) : StopCheck();
  try {
    for (std::uint64_t i = first; i < end; ++i) add_race(task, i, summary, check);
  } catch (Stopped const&) {
    throw stopped_error();
  }
}

}  // namespace

std::string race_engine(std::string const& name) {
  if (name == "auto" || name == "cpu" || name == "reference") return name == "auto" ? "cpu" : name;
  check_engine_name(name);
  throw Error(ExitCode::engine_unavailable, "--engine " + name + " does not race",
              "it has no models to train", "use --engine cpu or reference");
}

RaceSummary race(RaceTask const& task, std::uint64_t replications, RaceEngine const& engine) {
  RaceSummary summary = task.empty_summary();
  if (engine.name == "reference") {
    add_some(task, 0, replications, engine.stop, summary);
    return summary;
  }
  std::uint64_t const size = block_size(replications, engine.threads);
  auto const blocks = static_cast<std::uint32_t>((replications + size - 1) / size);
  std::mutex merging;
  for_each_index(blocks, engine.threads, engine.stop, [&](std::uint32_t block) {
    RaceSummary own = task.empty_summary();
    std::uint64_t const first = block * size;
    add_some(task, first, std::min(first + size, replications), engine.stop, own);
    std::lock_guard const lock(merging);
    summary.merge(own);
  });
  return summary;
}

}  // namespace dsgd
