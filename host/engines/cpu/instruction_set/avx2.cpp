#include "engines/cpu/simd/avx2.hpp"

#include "engines/cpu/loops/all.hpp"

namespace dsgd {
namespace {

/// Takes keys as doubles of the same bits, which have the same order: AVX2 has no minimum of 64-bit integers.
struct Keys {
  using Vector = __m256d;
  static constexpr std::uint32_t lanes = 4;
  static Vector load(std::uint64_t const* keys) {
    return _mm256_castsi256_pd(_mm256_loadu_si256(reinterpret_cast<__m256i const*>(keys)));
  }
  static void store(std::uint64_t* keys, Vector a) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(keys), _mm256_castpd_si256(a));
  }
  static Vector smaller(Vector a, Vector b) { return _mm256_min_pd(a, b); }
};

}  // namespace

InstructionSet const avx2_set =
    simd::instruction_set<simd::Avx2, Keys>("avx2", law_loops_avx2, race_loops_avx2);

}  // namespace dsgd
