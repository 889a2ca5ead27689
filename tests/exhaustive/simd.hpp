/// Loops compiled for several instruction sets, chosen at run time, so that one binary runs on any x86-64 and
/// is fast on a new one. All sets do the same IEEE operations: std::fma is one instruction where the set has
/// it and a call into the C library (25 times slower) where it does not.
#pragma once

#include <string_view>
#include <vector>

/// Stands after a lambda's parameter list: its body must become part of the function that is compiled for the
/// instruction set, and not remain a function of the default set that is called from there.
#define DSGD_INLINE_LAMBDA __attribute__((always_inline))

namespace dsgd::test {

enum class InstructionSet { portable, avx2, avx512 };

inline std::string_view name(InstructionSet set) {
  switch (set) {
    case InstructionSet::avx2:
      return "avx2";
    case InstructionSet::avx512:
      return "avx512";
    default:
      return "portable";
  }
}

/// The sets that this machine has, the fastest last.
inline std::vector<InstructionSet> available_instruction_sets() {
  std::vector<InstructionSet> sets{InstructionSet::portable};
#ifdef __x86_64__
  bool const avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  bool const avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
  if (avx2) sets.push_back(InstructionSet::avx2);
  if (avx2 && avx512) sets.push_back(InstructionSet::avx512);
#endif
  return sets;
}

inline InstructionSet best_instruction_set() {
  static InstructionSet const best = available_instruction_sets().back();
  return best;
}

namespace detail {
#ifdef __x86_64__
template <class Loop>
__attribute__((noinline, target("avx2,fma"))) void run_avx2(Loop const& loop) {
  loop();
}

template <class Loop>
__attribute__((noinline, target("avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"))) void run_avx512(
    Loop const& loop) {
  loop();
}
#endif

template <class Loop>
__attribute__((noinline)) void run_portable(Loop const& loop) {
  loop();
}
}  // namespace detail

/// Calls loop(), a lambda marked DSGD_INLINE_LAMBDA, compiled for the set. @pre the machine has the set
template <class Loop>
void run(InstructionSet set, Loop const& loop) {
  switch (set) {
#ifdef __x86_64__
    case InstructionSet::avx2:
      return detail::run_avx2(loop);
    case InstructionSet::avx512:
      return detail::run_avx512(loop);
#endif
    default:
      return detail::run_portable(loop);
  }
}

}  // namespace dsgd::test
