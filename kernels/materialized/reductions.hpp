/// The Thrust part of the materialized pipeline, compiled twice: by nvcc for the device
/// (device.cu) and by the host compiler for Thrust's CPP system (host.cpp).
#pragma once

#include <thrust/functional.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/iterator/discard_iterator.h>
#include <thrust/iterator/transform_iterator.h>
#include <thrust/reduce.h>
#include <thrust/transform_reduce.h>

#include <cstddef>
#include <cstdint>

#include "kernels/device/segment_of.hpp"
#include "kernels/materialized/extremes.hpp"

namespace dsgd::kernels {

/// Maximum and minimum of each row, in one pass over memory.
/// @param excesses  shape [rows][columns], row-major, rows * columns < 2^31
/// @param extremes  shape [rows], overwritten
template <class Policy>
void reduce_rows(Policy const& policy, float const* excesses, std::uint64_t rows, std::uint32_t columns,
                 Extremes* extremes) {
  auto const row_of_draw =
      thrust::make_transform_iterator(thrust::make_counting_iterator(std::uint32_t{0}), SegmentOf(columns));
  auto const delays = thrust::make_transform_iterator(excesses, OneDelay{});
  thrust::reduce_by_key(policy, row_of_draw, row_of_draw + static_cast<std::ptrdiff_t>(rows * columns),
                        delays, thrust::make_discard_iterator(), extremes, thrust::equal_to<std::uint32_t>{},
                        JoinExtremes{});
}

/// Maximum and minimum of a piece of a row and of what came before it.
/// @param excesses  shape [columns]
template <class Policy>
Extremes reduce_piece(Policy const& policy, float const* excesses, std::uint32_t columns, Extremes before) {
  auto const delays = thrust::make_transform_iterator(excesses, OneDelay{});
  return thrust::reduce(policy, delays, delays + static_cast<std::ptrdiff_t>(columns), before,
                        JoinExtremes{});
}

/// Sums of the runtimes of all rows. They count fewer iterations than rows where extremes were not written.
/// @param extremes  shape [rows]
template <class Policy>
TickSums sum_ticks(Policy const& policy, Extremes const* extremes, std::uint64_t rows, RuntimeTicks ticks) {
  return thrust::transform_reduce(policy, extremes, extremes + rows, ticks, no_ticks(), MergeTicks{});
}

}  // namespace dsgd::kernels
