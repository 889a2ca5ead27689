/// Which engine computes: the one that is named, or the one that is expected to finish first.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/planned_point.hpp"
#include "engines/table.hpp"

namespace dsgd {

/// Finds the row of an engine.
/// @throws Error usage for an unknown name, engine_unavailable for one that this machine cannot use
EngineRow const& find_engine(std::string_view name);

/// Checks the name of an engine; "auto" is always right. @throws Error as find_engine does
void check_engine_name(std::string_view name);

/// All engines, in the order in which they are expected to finish.
std::vector<EngineRow const*> engines_by_speed(DrawCounts const& draws, EngineOptions const& options);

/// Engines that this machine can use.
std::vector<EngineRow const*> usable_engines();

/// Tells whether a command has the option --engine, which advice may then mention.
enum class EngineChoice { option, none };

/// Checks that named devices are of use.
/// @param engines  engines that are to run
/// @throws Error usage where devices are named and none of the engines has any
void check_devices(std::span<EngineRow const* const> engines, EngineOptions const& options,
                   EngineChoice choice = EngineChoice::option);

struct ChosenEngine {
  EngineRow const* row;
  std::unique_ptr<Engine> engine;
};

/// What an engine is wanted for: some points, and how many draws they take.
struct Demand {
  DrawCounts draws;
  std::span<PlannedPoint const> points;
};

/// Makes the engine for a demand.
/// @param name  an engine, or "auto" for the one that is expected to finish first among those that serve all
///              points and can be made; where devices are named, among those that have devices. All
///              engines give the same bits
/// @throws Error as find_engine and check_devices do; usage where no engine that is asked for serves a
///               point; and what making the engine throws
ChosenEngine make_engine(std::string_view name, Demand const& demand, EngineOptions const& options);

}  // namespace dsgd
