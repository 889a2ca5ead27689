#pragma once

#include "dsgd/law/list.hpp"
#include "kernels/materialized/tile.hpp"

namespace dsgd::kernels {

/// Writes the excesses of a tile: the twin on the host of sample_kernel.
/// @param excesses  shape [tile.iterations][tile.workers], row-major, time units
void sample_on_host(LawSampler const& law, Tile const& tile, float* excesses);

}  // namespace dsgd::kernels
