#include "engines/cpu/loops/sampled.hpp"
#include "engines/cpu/simd/avx512.hpp"

namespace dsgd {

OrderStatisticKernels const order_statistic_kernels_avx512 =
    simd::order_statistic_kernels_of<simd::Avx512>("avx512");

}  // namespace dsgd
