/// The distribution of a point's runtime, where it is known.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "dsgd/point.hpp"
#include "exact/beta_tails.hpp"

namespace dsgd {

/// Distribution of the runtime of one iteration. Times in units of the law.
struct RuntimeDistribution {
  std::function<exact::Tails(double time)> tails;  ///< P(runtime <= time), P(runtime > time)
  std::vector<double> values;  ///< all that the runtime can be, ascending; none where they fill an interval
};

/// Distribution of a point's runtime.
/// @return nothing where it is not known: where clocks are followed or delays are added
std::optional<RuntimeDistribution> exact_distribution(Point const& point);

}  // namespace dsgd
