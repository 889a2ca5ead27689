#include "engines/cpu/loops/ticks.hpp"
#include "engines/cpu/simd/avx2.hpp"

namespace dsgd {

TickKernels const tick_kernels_avx2 = simd::tick_kernels_of<simd::Avx2>(cpu_kernels_avx2);

}  // namespace dsgd
