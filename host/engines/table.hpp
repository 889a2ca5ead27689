/// The table of engines: to add an engine, add a row. The equality tests and the command line iterate over
/// it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/engine/engine.hpp"

namespace dsgd {

struct EngineOptions {
  unsigned threads;                    ///< of an engine on the host, >= 1
  std::vector<int> devices = {};       ///< CUDA ordinals, of an engine on GPUs; none: all that it can use
  std::optional<int> local_rank = {};  ///< among the processes that share this machine's devices, one each
};

/// Size of a sweep.
struct DrawCounts {
  double shared;        ///< draws; those that several points share count once
  double separate;      ///< draws where each law and each number of workers draws for itself
  double runtimes = 0;  ///< iterations of all points
};

struct EngineRow {
  std::string_view name;
  std::string_view meaning;
  std::string_view serves;   ///< which sweeps, in a few words; refusal() knows it exactly
  std::string (*problem)();  ///< why this machine cannot use it, one clause; empty when it can
  std::string (*refusal)(Observable const&);  ///< what it does not serve of this, one clause; empty when all
  double (*expected_seconds)(DrawCounts const&,
                             EngineOptions const&);  ///< start-up counted; a guess that `auto` goes by
  double (*draws)(DrawCounts const&);                ///< that it makes
  double (*memory_traffic)(DrawCounts const&);       ///< bytes of delays that it writes to memory, in all
  std::uint64_t (*memory)(EngineOptions const&);     ///< bytes that it keeps for them at a time, at most
  std::unique_ptr<Engine> (*make)(EngineOptions const&);
  bool has_devices = false;  ///< does it compute on EngineOptions::devices?
};

std::span<EngineRow const> engine_table();

/// @throws Error usage for an unknown name, engine_unavailable for one that this machine cannot use
EngineRow const& find_engine(std::string_view name);

/// As find_engine, without keeping it; "auto" is always right.
void check_engine_name(std::string_view name);

/// All engines, the one expected to finish first before the others.
std::vector<EngineRow const*> engines_by_speed(DrawCounts const& draws, EngineOptions const& options);

/// Those that this machine can use.
std::vector<EngineRow const*> usable_engines();

/// Has a command an option --engine, of which advice may speak?
enum class EngineChoice { option, none };

/// @param engines  that are to run
/// @throws Error usage where devices are named and none of the engines has any
void check_devices(std::span<EngineRow const* const> engines, EngineOptions const& options,
                   EngineChoice choice = EngineChoice::option);

struct ChosenEngine {
  EngineRow const* row;
  std::unique_ptr<Engine> engine;
};

/// What an engine is wanted for.
struct Demand {
  DrawCounts draws;
  std::span<Observable const> observables;
};

/// @param name  of an engine, or "auto": the one expected to finish first, of those that serve all
/// observables and can be made; where devices are named, of those that have devices. All give the same bits
/// @throws Error as find_engine and check_devices; usage where no engine that is asked for serves an
/// observable; and what making the engine throws
ChosenEngine make_engine(std::string_view name, Demand const& demand, EngineOptions const& options);

}  // namespace dsgd
