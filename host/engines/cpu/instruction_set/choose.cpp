#include "engines/cpu/instruction_set/instruction_set.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include "dsgd/error.hpp"

namespace dsgd {

std::span<InstructionSet const* const> available_instruction_sets() {
  static std::vector<InstructionSet const*> const available = [] {
    std::vector<InstructionSet const*> sets{&portable_set};
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) sets.push_back(&avx2_set);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
      sets.push_back(&avx512_set);
#endif
    return sets;
  }();
  return available;
}

InstructionSet const& choose_instruction_set() {
  char const* const wanted = std::getenv("DSGD_ISA");
  if (wanted == nullptr || *wanted == '\0') return *available_instruction_sets().back();
  std::string const name = wanted;
  for (InstructionSet const* set : available_instruction_sets())
    if (set->name == name) return *set;
  if (name == "avx2" || name == "avx512")
    throw Error(ExitCode::engine_unavailable, "DSGD_ISA=" + name + " is not available",
                "this processor does not have it", "unset it, or use portable");
  throw Error(ExitCode::usage, "DSGD_ISA=" + name + " is unknown", "no such instruction set",
              "use avx512, avx2 or portable");
}

}  // namespace dsgd
