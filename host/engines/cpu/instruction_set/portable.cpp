#include "engines/cpu/simd/portable.hpp"
#include "engines/cpu/loops/all.hpp"

namespace dsgd {

CpuKernels const cpu_kernels_portable = simd::kernels_of<simd::Portable>("portable");

}  // namespace dsgd
