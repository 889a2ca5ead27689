#pragma once

#include <cuda_runtime_api.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "kernels/cuda/device_memory.hpp"

namespace dsgd::test {

/// Takes all free device memory but about `rest` bytes.
inline std::vector<kernels::DeviceBuffer> fill_device(std::uint64_t rest) {
  std::size_t free = 0, total = 0;
  EXPECT_EQ(cudaMemGetInfo(&free, &total), cudaSuccess);
  std::vector<kernels::DeviceBuffer> filling;
  for (std::uint64_t bytes = std::uint64_t{1} << 36; bytes >= 1u << 21; bytes /= 2) {
    while (free > rest + bytes) {
      try {
        filling.emplace_back(bytes);
      } catch (kernels::OutOfDeviceMemory const&) {
        break;
      }
      EXPECT_EQ(cudaMemGetInfo(&free, &total), cudaSuccess);
    }
  }
  return filling;
}

}  // namespace dsgd::test
