/// The hash of tests/exhaustive over the logarithms of all words, on the device.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"
#include "tests/exhaustive/word_hash.hpp"

namespace dsgd::test {

/// Adds the hash terms of every `step`-th word to *sum. Right for any one-dimensional launch. @param step
/// divides 2^32
__global__ void log_hash_kernel(std::uint32_t step, unsigned long long* sum) {
  std::uint64_t const words = (std::uint64_t{1} << 32) / step;
  std::uint64_t const stride = std::uint64_t{gridDim.x} * blockDim.x;
  unsigned long long own = 0;
  for (std::uint64_t n = std::uint64_t{blockIdx.x} * blockDim.x + threadIdx.x; n < words; n += stride) {
    auto const k = static_cast<std::uint32_t>(n * step);
    for (std::uint32_t i = 0; i < hashed_tails(k); ++i)
      own +=
          hash_term(k, i, static_cast<std::uint32_t>(bits_from_float(neg_log_uniform(k, hashed_tail(k, i)))));
  }
  atomicAdd(sum, own);
}

}  // namespace dsgd::test
