/// Errors that reach the user, and the exit codes they end in.
#pragma once

#include <stdexcept>
#include <string>

namespace dsgd {

enum class ExitCode : int {
  ok = 0,
  internal = 1,
  usage = 2,               ///< usage or invalid parameter
  validation = 3,          ///< validation failed
  engine_unavailable = 4,  ///< engine or device not available
  device = 5,              ///< CUDA or device-memory error
  file = 6,                ///< file cannot be read or written
  damaged = 7,             ///< store or result file damaged or of another sweep
  stopped = 75,            ///< stopped early with a store, resumable; without one 128 + signal
};

/// One line for the user: "what is wrong (why it matters): what to do".
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, std::string const& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

}  // namespace dsgd
