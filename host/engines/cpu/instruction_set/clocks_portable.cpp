#include "engines/cpu/loops/clocks.hpp"
#include "engines/cpu/simd/portable.hpp"

namespace dsgd {
namespace {

/// One key at a time.
struct Keys {
  using Vector = std::uint64_t;
  static constexpr std::uint32_t lanes = 1;
  static Vector load(std::uint64_t const* keys) { return *keys; }
  static void store(std::uint64_t* keys, Vector a) { *keys = a; }
  static Vector smaller(Vector a, Vector b) { return a < b ? a : b; }
};

}  // namespace

ClockKernels const clock_kernels_portable =
    simd::clock_kernels_of<simd::Portable, Keys>(tick_kernels_portable);

}  // namespace dsgd
