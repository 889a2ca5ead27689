#include "engines/cpu/simd_avx512.hpp"
#include "engines/cpu/sums_kernels_of.hpp"

namespace dsgd {

TickKernels const tick_kernels_avx512 = simd::tick_kernels_of<simd::Avx512>(cpu_kernels_avx512);

}  // namespace dsgd
