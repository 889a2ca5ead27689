/// Shards back into one sweep.
#pragma once

#include <span>
#include <vector>

#include "run/draw_groups.hpp"
#include "store/store.hpp"

namespace dsgd {

/// The one description of all shards' sweep. @pre there is a store
/// @throws Error damaged, naming the stores, where they are of different sweeps, a shard is missing, or is
/// there twice
Description joined_description(std::span<Store const> stores);

/// All that the stores know of the points of their sweep.
/// @param relative_error  at which a point is done
/// @throws Error damaged, naming the store, where a shard is not finished
std::vector<PointWork> joined_work(std::span<Store const> stores, std::span<PlannedPoint const> points,
                                   std::optional<double> relative_error);

}  // namespace dsgd
