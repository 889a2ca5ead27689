#include "kernels/cuda/cuda_error.hpp"

#include <gtest/gtest.h>

#include <string>

#include "dsgd/error.hpp"
#include "kernels/cuda/out_of_memory.hpp"

namespace dsgd::kernels {
namespace {

TEST(CheckCuda, NamesCallErrorAndPurposeInOneLine) {
  try {
    check_cuda(cudaErrorInvalidValue, "cudaMemcpy", "copying delays");
    FAIL();
  } catch (Error const& error) {
    std::string const message = error.what();
    EXPECT_EQ(error.code(), ExitCode::device);
    for (char const* part :
         {"copying delays", "cudaMemcpy", "cudaErrorInvalidValue", "invalid argument", "--engine"})
      EXPECT_NE(message.find(part), std::string::npos) << part << " in: " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
}

TEST(CheckCuda, TellsMemoryFromOtherErrors) {
  EXPECT_THROW(check_cuda(cudaErrorMemoryAllocation, "Thrust", "reducing delays"), OutOfDeviceMemory);
  EXPECT_NO_THROW(check_cuda(cudaSuccess, "cudaMalloc", "allocating"));
}

}  // namespace
}  // namespace dsgd::kernels
