/// A sweep's points, and a store that knows some of them already.
#pragma once

#include <span>
#include <vector>

#include "run/runner.hpp"
#include "run/shard.hpp"
#include "store/store.hpp"

namespace dsgd {

/// What is wanted of each point, and what the store knows of that.
/// @throws Error damaged where the store knows more than is wanted, or what cannot be, naming the point
std::vector<PointWork> resume(Store const& store, std::span<PlannedPoint const> points, Shard shard,
                              ShardBy by);

/// Writes what has been done of some points into the store. @param numbers  of those points
void save(Store& store, std::span<PlannedPoint const> points, std::span<std::size_t const> numbers,
          std::span<PointWork const> work);

}  // namespace dsgd
