#include "engines/cpu/loops/ticks.hpp"
#include "engines/cpu/simd/avx512.hpp"

namespace dsgd {

TickKernels const tick_kernels_avx512 = simd::tick_kernels_of<simd::Avx512>(cpu_kernels_avx512);

}  // namespace dsgd
