/// The kernel that draws order statistics themselves, for any number of workers.
#pragma once

#include <cstdint>

#include "dsgd/order_statistics/hazard.hpp"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/iterations.cuh"

namespace dsgd::kernels {

/// Draws the hazard of each iteration's rank-th fastest worker. gridDim.y is 1. At most a third of the
/// attempts at a middle rank fail; a warp makes as many attempts as its unluckiest thread.
/// @param workers  in [1, max_sampled_workers]
/// @param hazards  shape [iterations of the launch]
inline __global__ void __launch_bounds__(fused_threads)
    hazards_kernel(std::uint64_t seed, LaunchIterations launch, std::uint64_t workers, std::uint64_t rank,
                   double* hazards) {
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    DSGD_NO_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) if (iterations.exists(i))
        hazards[iterations.offset(i)] = sampled_hazard(seed, workers, rank, iterations.iteration(i));
  });
}

}  // namespace dsgd::kernels
