/// Iterations in which workers that still run get a copy: their delays, in device memory, become the earlier of both.
#pragma once

#include <cstdint>

#include "dsgd/runtime.hpp"
#include "kernels/device/curand_draw.cuh"
#include "kernels/device/draw_sequence.cuh"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/any_law.cuh"
#include "kernels/fused/delays/fleet_kernels.cuh"
#include "kernels/fused/group_search.cuh"
#include "kernels/fused/iterations.cuh"

namespace dsgd::kernels {

/// Workers of a fleet that share a law, as those who run copies.
struct GroupCopies {
  std::uint32_t end;  ///< number of the first worker after them
  double offset;      ///< from the fleet's smallest origin to theirs, time units
  AnyLaw law;
};

/// The copies of a kind's workers.
struct DelayCopies {
  Copied form;
  GroupCopies const* groups;  ///< in device memory, shape [group_count]
  std::uint32_t group_count;

  /// When the copies of an iteration begin, time units. @param delays  of its workers, none of them with a copy
  __device__ double begin(DelayColumn const& delays) const {
    if (form.arrived == 0) return form.after;
    DelayEnds const ends = delay_ends(delays);
    auto const arrived = static_cast<std::uint32_t>(form.arrived);
    std::uint32_t const ranks[]{arrived, arrived / 2 + 1, (arrived - 1) / 2 + 1};
    float times[3];  // the last of those that have arrived, and the two in the middle
    DSGD_UNROLL for (int i = 0; i < 3; ++i) times[i] = delay_of_rank(delays, ends, ranks[i]);
    auto const median =
        static_cast<float>((static_cast<double>(times[1]) + static_cast<double>(times[2])) / 2);
    double const last = form.origin + static_cast<double>(times[0]);
    double const late = form.factor * (form.origin + static_cast<double>(median));
    double const earliest = form.after < last ? last : form.after;
    return earliest < late ? late : earliest;
  }
};

/// Gives copies to the workers of each iteration. gridDim.y is 1.
/// @param delays  as group_delays_kernel leaves them; the rows begin `stride` apart
inline __global__ void __launch_bounds__(fused_threads)
    copies_kernel(Stream stream, LaunchIterations launch, std::uint32_t workers, DelayCopies copies,
                  float* delays, std::uint64_t stride) {
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    DSGD_NO_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      if (!iterations.exists(i)) continue;
      std::uint64_t const iteration = iterations.iteration(i);
      DelayColumn const own{delays + iterations.offset(i), stride, workers};
      double const begin = copies.begin(own);
      DrawSequence draws(stream, iteration, first_copy), others(stream, iteration, 2 * first_copy);
      DSGD_NO_UNROLL for (std::uint32_t worker = 0; worker < workers; ++worker) {
        std::uint32_t group = 0;
        if (copies.group_count > 1) {
          auto const other = static_cast<std::uint32_t>(std::uint64_t{others.next()} * (workers - 1) >> 32);
          group = group_of(copies.groups, copies.group_count, other < worker ? other : other + 1);
        }
        GroupCopies const& runner = copies.groups[group];
        std::uint32_t const word = draws.next();
        float const excess = runner.law.excess(word, curand_tail_word(stream, iteration, word));
        auto const copy = static_cast<float>(runner.offset + static_cast<double>(excess));
        auto const end = static_cast<float>(begin + static_cast<double>(copy));
        if (end < own[worker]) own[worker] = end;
      }
    }
  });
}

}  // namespace dsgd::kernels
