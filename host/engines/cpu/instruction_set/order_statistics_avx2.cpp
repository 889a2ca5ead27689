#include "engines/cpu/loops/sampled.hpp"
#include "engines/cpu/simd/avx2.hpp"

namespace dsgd {

OrderStatisticKernels const order_statistic_kernels_avx2 =
    simd::order_statistic_kernels_of<simd::Avx2>("avx2");

}  // namespace dsgd
