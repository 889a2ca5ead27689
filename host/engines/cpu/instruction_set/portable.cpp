#include "engines/cpu/simd/portable.hpp"

#include "engines/cpu/loops/all.hpp"

namespace dsgd {
namespace {

/// Takes one key at a time.
struct Keys {
  using Vector = std::uint64_t;
  static constexpr std::uint32_t lanes = 1;
  static Vector load(std::uint64_t const* keys) { return *keys; }
  static void store(std::uint64_t* keys, Vector a) { *keys = a; }
  static Vector smaller(Vector a, Vector b) { return a < b ? a : b; }
};

}  // namespace

InstructionSet const portable_set =
    simd::instruction_set<simd::Portable, Keys>("portable", law_loops_portable, race_loops_portable);

}  // namespace dsgd
