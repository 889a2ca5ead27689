#include "engines/cpu/simd/avx512.hpp"

#include "engines/cpu/loops/all.hpp"

namespace dsgd {
namespace {

/// Takes keys as doubles of the same bits, which have the same order: their minimum takes one operation, that
/// of 64-bit integers takes two.
struct Keys {
  using Vector = __m512d;
  static constexpr std::uint32_t lanes = 8;
  static Vector load(std::uint64_t const* keys) { return _mm512_castsi512_pd(_mm512_loadu_si512(keys)); }
  static void store(std::uint64_t* keys, Vector a) { _mm512_storeu_si512(keys, _mm512_castpd_si512(a)); }
  static Vector smaller(Vector a, Vector b) { return _mm512_min_pd(a, b); }
};

}  // namespace

InstructionSet const avx512_set =
    simd::instruction_set<simd::Avx512, Keys>("avx512", law_loops_avx512, race_loops_avx512);

}  // namespace dsgd
