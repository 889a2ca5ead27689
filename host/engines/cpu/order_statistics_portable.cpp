#include "engines/cpu/order_statistics_kernels_of.hpp"
#include "engines/cpu/simd_portable.hpp"

namespace dsgd {

OrderStatisticKernels const order_statistic_kernels_portable =
    simd::order_statistic_kernels_of<simd::Portable>("portable");

}  // namespace dsgd
