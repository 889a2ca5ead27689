#pragma once

#include <gtest/gtest.h>

#include <string>

#include "dsgd/error.hpp"

namespace dsgd {

/// Calls a function that must throw an Error of this code, whose message holds `part`, is one line and ends
/// in advice.
template <class Function>
void expect_error(ExitCode code, std::string const& part, Function&& function) {
  try {
    function();
    ADD_FAILURE() << "no error; expected one with '" << part << "'";
  } catch (Error const& error) {
    std::string const message = error.what();
    EXPECT_EQ(error.code(), code) << message;
    EXPECT_NE(message.find(part), std::string::npos) << message << " lacks " << part;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_NE(message.find(": "), std::string::npos) << message << " gives no advice";
  }
}

}  // namespace dsgd
