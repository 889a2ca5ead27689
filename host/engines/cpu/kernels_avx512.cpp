#include "engines/cpu/kernels_of.hpp"
#include "engines/cpu/simd_avx512.hpp"

namespace dsgd {

CpuKernels const cpu_kernels_avx512 = simd::kernels_of<simd::Avx512>("avx512");

}  // namespace dsgd
