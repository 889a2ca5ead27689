#include "engines/cpu/loops/sampled.hpp"
#include "engines/cpu/simd/portable.hpp"

namespace dsgd {

OrderStatisticKernels const order_statistic_kernels_portable =
    simd::order_statistic_kernels_of<simd::Portable>("portable");

}  // namespace dsgd
