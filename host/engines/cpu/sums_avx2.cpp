#include "engines/cpu/simd_avx2.hpp"
#include "engines/cpu/sums_kernels_of.hpp"

namespace dsgd {

TickKernels const tick_kernels_avx2 = simd::tick_kernels_of<simd::Avx2>(cpu_kernels_avx2);

}  // namespace dsgd
