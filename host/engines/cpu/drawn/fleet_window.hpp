/// How engine `cpu` chooses the window of a fleet.
#pragma once

#include <cstdint>

#include "dsgd/observable.hpp"

namespace dsgd {

/// The window of the delays whose keys are a limit or more. @pre FleetRanks::serves(observable)
FleetWindow fleet_window_from(Observable const& observable, std::uint32_t limit);

/// Chooses a window. It takes some thousand evaluations of each group's law.
/// @pre FleetRanks::serves(observable)
FleetWindow fleet_window(Observable const& observable);

/// The observable's window, chosen when first asked for. Safe to call from several threads.
/// @pre as fleet_window(), and observable.window is set
FleetWindow const& window_of(Observable const& observable);

}  // namespace dsgd
