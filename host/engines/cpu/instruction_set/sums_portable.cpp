#include "engines/cpu/loops/ticks.hpp"
#include "engines/cpu/simd/portable.hpp"

namespace dsgd {

TickKernels const tick_kernels_portable = simd::tick_kernels_of<simd::Portable>(cpu_kernels_portable);

}  // namespace dsgd
