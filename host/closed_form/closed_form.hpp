/// What is known exactly about a point.
#pragma once

#include <cstdint>
#include <optional>

#include "dsgd/point.hpp"

namespace dsgd {

/// Exact moments of the runtime of one iteration.
struct Moments {
  double mean;                     ///< time units; infinite where there is none
  std::optional<double> variance;  ///< time units squared; infinite where there is none, absent where unknown
};

/// @return nothing where neither a closed form nor a quadrature is known, never a guess. Relative error below
/// 1e-11.
std::optional<Moments> exact_runtime(Point const& point);

/// Long-run mean of the updates between a gradient's model and the one that it is applied to; nothing where
/// every update restarts all workers.
std::optional<double> exact_staleness(Point const& point);

}  // namespace dsgd
