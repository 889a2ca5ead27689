/// Points that share their draws: what takes time does so once for all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/point.hpp"

namespace dsgd {

struct PlannedGroup {
  std::size_t form;                 ///< index of the runtime's form; engines differ by it
  double draws_per_unit;            ///< of an iteration, or a replication
  std::uint64_t units;              ///< of work, each
  std::vector<std::size_t> points;  ///< their numbers, ascending in workers

  double draws() const { return draws_per_unit * static_cast<double>(units); }
};

/// @return ordered by form, then by draws per unit
std::vector<PlannedGroup> planned_groups(std::span<Point const> points,
                                         std::span<Observable const> observables);

}  // namespace dsgd
