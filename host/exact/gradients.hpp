#pragma once

#include "dsgd/point.hpp"

namespace dsgd {

/// Mean mini-batches that enter an update: of `deadline` those that have arrived by then, of all others a fixed
/// number. Relative error below 1e-12.
double mean_gradients(Point const& point);

}  // namespace dsgd
