/// Times an engine on parts of the very sweep that it is to run.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "plan/planned_group.hpp"
#include "plan/speed.hpp"
#include "run/runner.hpp"

namespace dsgd {

/// @param points   of the sweep, which the groups name; there is one
/// @param seconds  that this may take, about; a single iteration of a huge fleet can take longer
/// @param now      the clock: seconds that never go back
Speed calibrate(Engine& engine, std::span<PlannedPoint const> points, std::span<PlannedGroup const> groups,
                double seconds, std::function<double()> const& now);

/// Groups that stand for all: of each form the ends and some between, each about as far from the next by
/// draws.
std::vector<PlannedGroup const*> typical_groups(std::span<PlannedGroup const> groups);

}  // namespace dsgd
