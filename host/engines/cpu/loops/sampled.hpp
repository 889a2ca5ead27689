/// The inner loops of order-statistic sampling, for any instruction set; see all.hpp. The compiler makes
/// vectors of the loops over doubles. These are short on purpose: a processor that looks 500 instructions
/// ahead waits in a long chain of dependent ones.
#pragma once

#include <cstdint>

#include "dsgd/law/excess.hpp"
#include "engines/cpu/loops/philox.hpp"
#include "engines/cpu/loops/tables/sampled.hpp"

namespace dsgd::simd {
namespace {

/// Draws words 0 and 1, and words 2 and 3, of a block as numbers of 64 bits.
/// @param iterations_from  iterations_from(philox, i) = iterations of the elements from number i on
template <class Simd, class IterationsFrom>
__attribute__((always_inline)) inline void draw(PhiloxPlan const& plan, std::uint32_t block,
                                                IterationsFrom const& iterations_from, std::uint32_t count,
                                                std::uint64_t* first, std::uint64_t* second) {
  for_each_part<Simd>(
      plan, count, [&](auto const& philox, std::uint32_t i) __attribute__((always_inline)) {
        auto const drawn = philox(iterations_from(philox, i), philox.one_block(block));
        for (std::uint32_t v = 0; v < philox.vectors; ++v) {
          Simd::store_whole(first + i + v * Simd::lanes, drawn.first[v]);
          Simd::store_whole(second + i + v * Simd::lanes, drawn.second[v]);
        }
      });
}

template <class Simd>
void draw_successive(PhiloxPlan const& plan, std::uint32_t block, std::uint32_t first_iteration,
                     std::uint32_t count, std::uint64_t* first, std::uint64_t* second) {
  draw<Simd>(
      plan, block,
      [&](auto const& philox, std::uint32_t i) { return philox.successive_iterations(first_iteration + i); },
      count, first, second);
}

template <class Simd>
void draw_each(PhiloxPlan const& plan, std::uint32_t block, std::uint32_t const* iterations,
               std::uint32_t count, std::uint64_t* first, std::uint64_t* second) {
  draw<Simd>(
      plan, block, [&](auto const& philox, std::uint32_t i) { return philox.iterations(iterations + i); },
      count, first, second);
}

void smallest(ExtremeHazards const& extremes, std::uint64_t const* first, std::uint32_t count,
              double* __restrict hazards) {
  ExtremeHazards const local = extremes;  // a copy that no store can change
  for (std::uint32_t i = 0; i < count; ++i) hazards[i] = local.smallest(first[i]);
}

void add_gap(ExtremeHazards const& extremes, std::uint64_t const* second, std::uint32_t count,
             double* __restrict hazards) {
  ExtremeHazards const local = extremes;
  double x[sampled_at_once];
  for (std::uint32_t i = 0; i < count; ++i) x[i] = local.log_power(second[i]);
  for (std::uint32_t i = 0; i < count; ++i) x[i] = portable::expm1(x[i]);
  for (std::uint32_t i = 0; i < count; ++i) hazards[i] -= portable::log(-x[i]);
}

void propose(MiddleHazard const& middle, std::uint64_t const* first, std::uint64_t const* second,
             std::uint32_t count, double* __restrict log_ratios, double* __restrict margins) {
  MiddleHazard const local = middle;
  std::uint64_t complement[sampled_at_once];
  double log_u[sampled_at_once];
  double log_v[sampled_at_once];
  double growth[sampled_at_once];
  for (std::uint32_t i = 0; i < count; ++i) log_u[i] = log_uniform(first[i]);
  for (std::uint32_t i = 0; i < count; ++i) log_v[i] = log_uniform(second[i]);
  for (std::uint32_t i = 0; i < count; ++i) complement[i] = ~first[i];  // g++ 12 loses 3 ns if this is below
  for (std::uint32_t i = 0; i < count; ++i)
    log_ratios[i] = local.log_ratio(log_u[i], log_uniform(complement[i]));
  for (std::uint32_t i = 0; i < count; ++i) growth[i] = portable::expm1(log_ratios[i]);
  for (std::uint32_t i = 0; i < count; ++i)
    margins[i] = local.margin(log_u[i], log_v[i], log_ratios[i], growth[i]);
}

void middle(MiddleHazard const& middle, double const* log_ratios, std::uint32_t count,
            double* __restrict hazards) {
  MiddleHazard const local = middle;
  for (std::uint32_t i = 0; i < count; ++i) hazards[i] = local.hazard(log_ratios[i]);
}

void scale(double const* hazards, double scale, std::uint32_t count, float* __restrict excesses) {
  for (std::uint32_t i = 0; i < count; ++i) excesses[i] = to_excess(hazards[i] * scale);
}

}  // namespace
}  // namespace dsgd::simd
