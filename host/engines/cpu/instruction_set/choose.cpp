#include "engines/cpu/instruction_set/choose.hpp"

#include <cstdlib>
#include <string>
#include <vector>

#include "dsgd/error.hpp"

namespace dsgd {

std::span<CpuKernels const* const> available_kernels() {
  static std::vector<CpuKernels const*> const available = [] {
    std::vector<CpuKernels const*> kernels{&cpu_kernels_portable};
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) kernels.push_back(&cpu_kernels_avx2);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
      kernels.push_back(&cpu_kernels_avx512);
#endif
    return kernels;
  }();
  return available;
}

CpuKernels const& choose_kernels() {
  char const* const wanted = std::getenv("DSGD_ISA");
  if (wanted == nullptr || *wanted == '\0') return *available_kernels().back();
  std::string const name = wanted;
  for (CpuKernels const* kernels : available_kernels())
    if (kernels->name == name) return *kernels;
  if (name == "avx2" || name == "avx512")
    throw Error(ExitCode::engine_unavailable,
                "DSGD_ISA=" + name +
                    " is not available (this processor does not have it): unset it, or use portable");
  throw Error(ExitCode::usage,
              "DSGD_ISA=" + name + " is unknown (no such instruction set): use avx512, avx2 or portable");
}

}  // namespace dsgd
