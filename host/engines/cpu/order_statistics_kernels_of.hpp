/// The inner loops of order-statistic sampling, for any instruction set. Included by one source file per
/// instruction set and compiled with its options: everything here is local to that file. Philox is written
/// over the set's operations; the loops of doubles are left to the compiler, which vectorises them. They are
/// short on purpose: a processor that looks 500 instructions ahead waits in a long chain of dependent ones.
#pragma once

#include <cstdint>
#include <cstring>

#include "dsgd/law/excess.hpp"
#include "engines/cpu/order_statistics_kernels.hpp"

namespace dsgd::simd {
namespace {

/// Philox for several vectors of iterations side by side, from round 2 on: the plan holds what comes before.
/// Compilers alone lose a factor of three here, since they do not see that only lower halves are multiplied.
template <class Simd>
void draw(PhiloxPlan const& plan, BlockWords const& block, std::uint32_t const* iterations,
          std::uint32_t count, std::uint64_t* first, std::uint64_t* second) {
  using Words = typename Simd::Words;
  constexpr int n = Simd::in_flight;
  Words const m0 = Simd::repeat64(0xD2511F53u);
  Words const m1 = Simd::repeat64(0xCD9E8D57u);
  for (std::uint32_t i = 0; i < count; i += n * Simd::lanes) {
    Words c0[n], c1[n], c2[n], c3[n];
    for (int v = 0; v < n; ++v) {
      Words const iteration = Simd::load(iterations + i + v * Simd::lanes);
      Words const q2 = Simd::multiply(Simd::exclusive_or(iteration, Simd::repeat(plan.iteration_mask)), m1);
      Words const p3 =
          Simd::multiply(Simd::exclusive_or(Simd::upper_half(q2), Simd::repeat(plan.iteration_word_1)), m0);
      Words const p4 = Simd::multiply(Simd::exclusive_or(q2, Simd::repeat(block.a)), m0);
      Words const q4 = Simd::multiply(Simd::exclusive_or(Simd::upper_half(p3), Simd::repeat(block.b)), m1);
      c0[v] = Simd::exclusive_or(Simd::upper_half(q4), Simd::repeat(block.c));
      c1[v] = q4;
      c2[v] = Simd::exclusive_or(Simd::upper_half(p4), p3, Simd::repeat(plan.key1[3]));
      c3[v] = p4;
    }
    for (int round = 4; round < 9; ++round) {  // counted from 0
      Words const key0 = Simd::repeat(plan.key0[round]);
      Words const key1 = Simd::repeat(plan.key1[round]);
      for (int v = 0; v < n; ++v) {
        Words const p = Simd::multiply(c0[v], m0);
        Words const q = Simd::multiply(c2[v], m1);
        c0[v] = Simd::exclusive_or(Simd::upper_half(q), c1[v], key0);
        c2[v] = Simd::exclusive_or(Simd::upper_half(p), c3[v], key1);
        c1[v] = q;
        c3[v] = p;
      }
    }
    Words const key0 = Simd::to_upper_half(Simd::repeat(plan.key0[9]));
    Words const key1 = Simd::to_upper_half(Simd::repeat(plan.key1[9]));
    for (int v = 0; v < n; ++v) {  // words 0 and 1, and words 2 and 3, as numbers of 64 bits
      Words const x = Simd::exclusive_or(Simd::multiply(c2[v], m1), Simd::to_upper_half(c1[v]), key0);
      Words const y = Simd::exclusive_or(Simd::multiply(c0[v], m0), Simd::to_upper_half(c3[v]), key1);
      std::memcpy(first + i + v * Simd::lanes, &x, sizeof x);
      std::memcpy(second + i + v * Simd::lanes, &y, sizeof y);
    }
  }
}

void smallest(ExtremeHazards const& extremes, std::uint64_t const* first, std::uint32_t count,
              double* __restrict hazards) {
  ExtremeHazards const local = extremes;  // no store can change it
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

template <class Simd>
constexpr OrderStatisticKernels order_statistic_kernels_of(char const* name) {
  return {name, Simd::in_flight * Simd::lanes, draw<Simd>, smallest, add_gap, propose, middle, scale};
}

}  // namespace
}  // namespace dsgd::simd
