/// The words of workers' jobs, for any instruction set; see all.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engines/cpu/loops/all.hpp"

namespace dsgd::simd {
namespace {

/// a ^ b ^ c, in one instruction where there is one.
template <class Simd, class Words = typename Simd::Words>
Words exclusive_or_three(Words a, Words b, Words c) {
  if constexpr (Simd::three_way)
    return Simd::exclusive_or(a, b, c);
  else
    return Simd::exclusive_or(Simd::exclusive_or(a, b), c);
}

/// Computes all ten rounds: nothing but the key and the stream is common to the jobs of different workers.
template <class Simd>
void draw_jobs(PhiloxPlan const& plan, std::uint32_t stream, std::uint32_t const* blocks,
               std::uint32_t const* workers, std::uint32_t const* replications, std::uint32_t count,
               std::uint32_t* words) {
  using Words = typename Simd::Words;
  Words const m0 = Simd::repeat64(0xD2511F53u);
  Words const m1 = Simd::repeat64(0xCD9E8D57u);
  Words const stream_product = Simd::multiply(Simd::repeat(stream), m0);  // round 1: they share the stream
  for (std::uint32_t i = 0; i < count; i += 2 * Simd::lanes) {
    Words c0[2], c1[2], c2[2], c3[2];
    for (int v = 0; v < 2; ++v) {
      std::uint32_t const at = i + static_cast<std::uint32_t>(v * Simd::lanes);
      c1[v] = Simd::multiply(Simd::load(blocks + at), m1);
      c0[v] = exclusive_or_three<Simd>(Simd::upper_half(c1[v]), Simd::load(workers + at),
                                       Simd::repeat(plan.key0[0]));
      c2[v] = Simd::exclusive_or(Simd::load(replications + at), Simd::repeat(plan.iteration_mask));
      c3[v] = stream_product;
    }
    for (int round = 1; round < 10; ++round)
      for (int v = 0; v < 2; ++v) {
        Words const p = Simd::multiply(c0[v], m0);
        Words const q = Simd::multiply(c2[v], m1);
        c0[v] = exclusive_or_three<Simd>(Simd::upper_half(q), c1[v], Simd::repeat(plan.key0[round]));
        c2[v] = exclusive_or_three<Simd>(Simd::upper_half(p), c3[v], Simd::repeat(plan.key1[round]));
        c1[v] = q;
        c3[v] = p;
      }
    Simd::store_lower_halves(words + i, c0[0], c0[1]);
    Simd::store_lower_halves(words + count + i, c1[0], c1[1]);
    Simd::store_lower_halves(words + std::size_t{2} * count + i, c2[0], c2[1]);
    Simd::store_lower_halves(words + std::size_t{3} * count + i, c3[0], c3[1]);
  }
}

}  // namespace
}  // namespace dsgd::simd
