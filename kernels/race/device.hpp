#pragma once

#include <memory>

#include "dsgd/engine/cuda.hpp"

namespace dsgd::kernels {

/// Follows races on a new stream of the current device. @throws Error device
std::unique_ptr<RaceComputer> make_device_races();

}  // namespace dsgd::kernels
