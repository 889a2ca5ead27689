#include "engines/cpu/simd/avx512.hpp"
#include "engines/cpu/loops/all.hpp"

namespace dsgd {

CpuKernels const cpu_kernels_avx512 = simd::kernels_of<simd::Avx512>("avx512");

}  // namespace dsgd
