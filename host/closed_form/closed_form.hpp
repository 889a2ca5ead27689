/// What is known exactly about a point.
#pragma once

#include <cstdint>
#include <optional>

#include "dsgd/point.hpp"

namespace dsgd {

/// Exact moments of the runtime of one iteration.
struct Moments {
  double mean;      ///< time units
  double variance;  ///< time units squared
};

/// @return nothing where neither a closed form nor a quadrature is known, never a guess. Relative error below
/// 1e-11.
std::optional<Moments> exact_runtime(Point const& point);

}  // namespace dsgd
