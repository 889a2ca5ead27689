#include "engines/cpu/simd/avx2.hpp"
#include "engines/cpu/loops/all.hpp"

namespace dsgd {

CpuKernels const cpu_kernels_avx2 = simd::kernels_of<simd::Avx2>("avx2");

}  // namespace dsgd
