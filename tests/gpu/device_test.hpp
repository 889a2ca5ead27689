#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "dsgd/engine/cuda.hpp"

namespace dsgd::test {

/// A test that needs a GPU: skipped where there is none, and failing instead under DSGD_REQUIRE_GPU=1.
class DeviceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string const problem = cuda_inventory().problem;
    if (problem.empty()) return;
    char const* const required = std::getenv("DSGD_REQUIRE_GPU");
    if (required && std::string(required) == "1") FAIL() << "DSGD_REQUIRE_GPU=1, but " << problem;
    GTEST_SKIP() << "no GPU: " << problem;
  }
};

}  // namespace dsgd::test
