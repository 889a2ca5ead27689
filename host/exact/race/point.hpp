/// What is known exactly of a point of a race.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dsgd/race/point.hpp"
#include "exact/race/updates.hpp"

namespace dsgd {

/// What is known of the error of a point.
struct ExactRace {
  /// What an update does, for each direction of the model.
  std::vector<exact::UpdateOfMoments> updates;
  std::uint64_t updates_at_once = 1;  ///< by which an update of the server counts
  /// Rates of the stages of the time between two updates, per unit of time; empty where it is not made of such.
  std::vector<double> rates;
};

/// Finds what is known: over updates, of all strategies whose gradients are fresh, under every law; of async
/// and k-async where delays are exponential. Over times, of those under exponential delays without
/// communication. Workers have a loss in common, or all of them enter every update.
/// @return nothing where nothing is known
std::optional<ExactRace> exact_race(RacePoint const& point);

/// The mean error after so many updates. @pre exact.updates are those of the model
double exact_error_after(ExactRace const& exact, Quadratic const& model, std::uint64_t updates);

/// The mean errors at some times.
/// @return one for each time; nothing where they are not known or take too long
std::optional<std::vector<double>> exact_errors_at(ExactRace const& exact, Quadratic const& model,
                                                   std::span<double const> times);

/// The factor by which the error grows per update in the long run: it stays bounded where this is below 1.
double exact_growth(ExactRace const& exact);

}  // namespace dsgd
