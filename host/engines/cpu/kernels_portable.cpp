#include "engines/cpu/kernels_of.hpp"
#include "engines/cpu/simd_portable.hpp"

namespace dsgd {

CpuKernels const cpu_kernels_portable = simd::kernels_of<simd::Portable>("portable");

}  // namespace dsgd
