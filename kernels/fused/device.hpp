#pragma once

#include <memory>

#include "kernels/fused/block_computer.hpp"

namespace dsgd::kernels {

/// Makes a computer of engine `cuda` on a new stream of the current device. @throws Error device
std::unique_ptr<BlockComputer> make_fused_computer();

}  // namespace dsgd::kernels
