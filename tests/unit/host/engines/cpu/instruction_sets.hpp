/// Tests that run once per instruction set of this machine.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "engines/cpu/instruction_set/choose.hpp"

namespace dsgd::test {

class PerInstructionSet : public testing::TestWithParam<CpuKernels const*> {
 protected:
  CpuKernels const& kernels() const { return *GetParam(); }
};

/// To be instantiated under the name of what is tested.
inline auto instruction_sets() {
  return testing::ValuesIn(available_kernels().begin(), available_kernels().end());
}

inline std::string instruction_set_name(testing::TestParamInfo<CpuKernels const*> const& info) {
  return info.param->name;
}

}  // namespace dsgd::test
