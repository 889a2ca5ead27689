/// Tests that run once per instruction set of this machine.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd::test {

class PerInstructionSet : public testing::TestWithParam<InstructionSet const*> {
 protected:
  InstructionSet const& set() const { return *GetParam(); }
};

/// To be instantiated under the name of what is tested.
inline auto instruction_sets() {
  return testing::ValuesIn(available_instruction_sets().begin(), available_instruction_sets().end());
}

inline std::string instruction_set_name(testing::TestParamInfo<InstructionSet const*> const& info) {
  return info.param->name;
}

}  // namespace dsgd::test
