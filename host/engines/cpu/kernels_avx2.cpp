#include "engines/cpu/kernels_of.hpp"
#include "engines/cpu/simd_avx2.hpp"

namespace dsgd {

CpuKernels const cpu_kernels_avx2 = simd::kernels_of<simd::Avx2>("avx2");

}  // namespace dsgd
