#include "engines/cpu/order_statistics_kernels_of.hpp"
#include "engines/cpu/simd_avx2.hpp"

namespace dsgd {

OrderStatisticKernels const order_statistic_kernels_avx2 =
    simd::order_statistic_kernels_of<simd::Avx2>("avx2");

}  // namespace dsgd
