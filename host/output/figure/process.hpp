#pragma once

#include <string>
#include <vector>

namespace dsgd {

struct ProcessResult {
  int exit_code;       ///< 127 when the program could not be started, 128 + signal when one ended it
  std::string output;  ///< what it wrote to stdout
  std::string error;   ///< what it wrote to stderr
};

/// Runs a program found on the PATH, without a shell, and waits for it. @param input  its standard input
ProcessResult run_process(std::vector<std::string> argv, std::string const& input);

}  // namespace dsgd
