/// The inner loops of order-statistic sampling, compiled once per instruction set. Each array has one element
/// per iteration; `count` is a multiple of the granule and at most sampled_at_once.
#pragma once

#include <cstdint>

#include "dsgd/order_statistics/extremes.hpp"
#include "dsgd/order_statistics/middle.hpp"
#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd {

/// Largest number of iterations of an array: few enough for all arrays to stay in the first-level cache.
inline constexpr std::uint32_t sampled_at_once = 256;

struct SampledLoops {
  /// Makes the two draws of each of some successive iterations.
  /// @param block            word 1 of the counter
  /// @param first_iteration  lower 32 bits of the first iteration's number
  void (*draw_successive)(PhiloxPlan const& plan, std::uint32_t block, std::uint32_t first_iteration,
                          std::uint32_t count, std::uint64_t* first, std::uint64_t* second);

  /// Makes the two draws of each of any iterations.
  /// @param block       word 1 of the counter
  /// @param iterations  lower 32 bits of the iterations' numbers
  void (*draw_each)(PhiloxPlan const& plan, std::uint32_t block, std::uint32_t const* iterations,
                    std::uint32_t count, std::uint64_t* first, std::uint64_t* second);

  /// hazards[i] = extremes.smallest(first[i])
  void (*smallest)(ExtremeHazards const& extremes, std::uint64_t const* first, std::uint32_t count,
                   double* hazards);

  /// hazards[i] += extremes.gap(second[i])
  void (*add_gap)(ExtremeHazards const& extremes, std::uint64_t const* second, std::uint32_t count,
                  double* hazards);

  /// log_ratios[i] and margins[i] = what middle.propose({first[i], second[i]}) returns
  void (*propose)(MiddleHazard const& middle, std::uint64_t const* first, std::uint64_t const* second,
                  std::uint32_t count, double* log_ratios, double* margins);

  /// hazards[i] = middle.hazard(log_ratios[i])
  void (*middle)(MiddleHazard const& middle, double const* log_ratios, std::uint32_t count, double* hazards);

  /// excesses[i] = hazards[i] scale, rounded to float32
  void (*scale)(double const* hazards, double scale, std::uint32_t count, float* excesses);
};

}  // namespace dsgd
