#include "engines/cpu/simd_portable.hpp"
#include "engines/cpu/sums_kernels_of.hpp"

namespace dsgd {

TickKernels const tick_kernels_portable = simd::tick_kernels_of<simd::Portable>(cpu_kernels_portable);

}  // namespace dsgd
