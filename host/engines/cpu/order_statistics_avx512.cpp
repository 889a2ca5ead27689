#include "engines/cpu/order_statistics_kernels_of.hpp"
#include "engines/cpu/simd_avx512.hpp"

namespace dsgd {

OrderStatisticKernels const order_statistic_kernels_avx512 =
    simd::order_statistic_kernels_of<simd::Avx512>("avx512");

}  // namespace dsgd
