/// How fast an engine is, at the sizes at which that is known.
#pragma once

#include <cstddef>
#include <map>
#include <optional>

#include "plan/planned_group.hpp"

namespace dsgd {

/// Seconds per draw, by the form of the runtime and the draws of a unit. Between two known sizes the time per
/// unit follows a power law; beyond the outermost it grows with the draws.
class Speed {
 public:
  /// @pre draws_per_unit > 0, seconds_per_draw > 0
  void add(std::size_t form, double draws_per_unit, double seconds_per_draw);

  /// @return nothing where no size of the group's form is known
  std::optional<double> seconds(PlannedGroup const& group) const;

 private:
  std::map<std::size_t, std::map<double, double>> known_;  ///< seconds per draw by draws per unit, by form
};

}  // namespace dsgd
