// The kernel of the GPU tests that hashes logarithms, run without a GPU so that a difference on one is the
// device's.
#include <gtest/gtest.h>

#include <cstdint>

#include "tests/exhaustive/word_hash.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/support/launch.hpp"
// and the kernel below that
#include "tests/gpu/log_hash.cuh"

namespace dsgd::test {
namespace {

TEST(LogHashKernel, HasTheGoldenHashOfEvery256thWord) {
  unsigned long long sum = 0;
  launch(dim3(3), dim3(50), {ThreadOrder::shuffled, 1}, log_hash_kernel, sparse_step, &sum);
  EXPECT_EQ(sum, golden_sparse_hash);
}

}  // namespace
}  // namespace dsgd::test
