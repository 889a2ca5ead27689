#pragma once

#include <span>
#include <string_view>

#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd {

/// Instruction sets that this processor can run, slowest first.
std::span<CpuKernels const* const> available_kernels();

/// The fastest of them, or the one that the environment variable DSGD_ISA names.
/// @throws Error usage for an unknown name, engine_unavailable for one that this processor cannot run
CpuKernels const& choose_kernels();

}  // namespace dsgd
