/// Groups of points that share their draws, as far as it takes to tell their time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "run/draw_groups.hpp"

namespace dsgd {

struct PlannedGroup {
  std::size_t form;                 ///< index of the runtime's form; engines differ by it
  double draws_per_unit;            ///< of an iteration, or a replication
  std::uint64_t units;              ///< of work, each
  std::vector<std::size_t> points;  ///< their numbers, ascending in workers

  double draws() const { return draws_per_unit * static_cast<double>(units); }
};

/// @param work  one per point: what is wanted and what of it is done
/// @return      groups of what is left to do, ordered by form, then by draws per unit
std::vector<PlannedGroup> planned_groups(std::span<PlannedPoint const> points,
                                         std::span<PointWork const> work);

}  // namespace dsgd
