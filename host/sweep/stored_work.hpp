/// What a sweep has to do, given what a store of its points has done.
#pragma once

#include <string>
#include <vector>

#include "request/planned_sweep.hpp"
#include "run/draw_groups.hpp"
#include "store/store.hpp"

namespace dsgd {

/// Says whether a sweep's points may join those of another sweep in a store.
enum class Joining { refused, on_purpose };

/// What is wanted of each point, and what the store of that path has of it. The store stays as it is, and
/// need not exist yet.
/// @throws Error file where it cannot be read; damaged where it is damaged or of another sweep
std::vector<PointWork> work_beside(std::string const& store, PlannedSweep const& sweep, Joining joining);

/// The same without a store.
std::vector<PointWork> work_of(PlannedSweep const& sweep);

/// A store that a sweep goes on with.
struct OpenedStore {
  Store store;
  std::vector<PointWork> work;  ///< one per point
  std::string growth;           ///< says which sweep it is of from now on, where it has grown; else empty
};

/// Begins or opens a store, and writes down that it is of the sweep from now on. A narrower sweep, and points
/// that join on purpose, leave the store's own sweep as it was.
/// @throws Error as above
OpenedStore open_store(std::string const& path, PlannedSweep const& sweep, Joining joining);

}  // namespace dsgd
