#pragma once

#include <memory>
#include <string>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/engine/engine.hpp"
#include "tests/gpu/device_test.hpp"

namespace dsgd::test {

/// A test of engine `cuda` on the first device; whatever the engine warns of fails it.
class CudaEngineTest : public DeviceTest {
 protected:
  void SetUp() override {
    DeviceTest::SetUp();
    if (!IsSkipped() && !HasFatalFailure())
      engine_ = make_cuda_engine({0}, [](std::string const& line) { ADD_FAILURE() << line; });
  }

  std::unique_ptr<Engine> engine_;
};

}  // namespace dsgd::test
