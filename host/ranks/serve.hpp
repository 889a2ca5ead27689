#pragma once

#include <span>
#include <string>

#include "dsgd/engine/engine.hpp"
#include "dsgd/planned_point.hpp"
#include "ranks/messenger.hpp"

namespace dsgd {

/// Text that is equal on ranks with equal points, and on no others.
std::string fingerprint(std::span<PlannedPoint const> points);

/// Computes, on ranks other than 0, what rank 0 orders until it says that the launch ends.
/// @return the exit code of the launch
/// @throws what the engine throws; std::runtime_error where messages make no sense
int serve(std::span<PlannedPoint const> points, Engine& engine, Messenger& messenger);

/// Waits until rank 0 says that the launch ends, whatever else it says. @return the exit code of the launch
int await_end(Messenger& messenger);

}  // namespace dsgd
