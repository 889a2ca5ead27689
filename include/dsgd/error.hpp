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

/// One line for the user: what is wrong (why): what to do.
class Error : public std::runtime_error {
 public:
  /// @param what, why, advice  clauses without a full stop
  Error(ExitCode code, std::string const& what, std::string const& why, std::string const& advice)
      : Error(code, what + " (" + why + "): " + advice) {}

  /// @param line  what another program or library says, or another error said
  Error(ExitCode code, std::string const& line) : std::runtime_error(line), code_(code) {}

  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

}  // namespace dsgd
