/// Stopping early: by a signal, or when time is up.
#pragma once

#include <array>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>

namespace dsgd {

/// While it lives, the first SIGINT, SIGTERM or SIGUSR1 is noted and a second one leaves at once, with exit
/// code 130 for SIGINT, else 143. Handlers are as before afterwards. One at a time.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(StopSignals const&) = delete;
  StopSignals& operator=(StopSignals const&) = delete;
  StopSignals(StopSignals&&) = delete;
  StopSignals& operator=(StopSignals&&) = delete;

  /// The signal that came; 0 for none.
  static int received();

  /// "SIGTERM". @pre one was received
  static std::string name();

  /// 130 for SIGINT, else 143.
  static int exit_code();

 private:
  static constexpr std::array numbers{SIGINT, SIGTERM, SIGUSR1};
  std::array<struct sigaction, numbers.size()> before_{};
};

/// Whether to stop, and why.
class StopRequest {
 public:
  /// @param max_seconds  from now on; nothing for as long as it takes
  explicit StopRequest(std::optional<double> max_seconds);

  /// Counts the seconds from now on.
  void restart();

  bool made() const { return StopSignals::received() != 0 || time_is_up(); }

  /// "SIGTERM" or "--max-time". @pre made()
  std::string reason() const;

  int exit_code() const { return StopSignals::exit_code(); }

 private:
  using Clock = std::chrono::steady_clock;

  bool time_is_up() const { return end_ && Clock::now() >= *end_; }

  StopSignals signals_;
  std::optional<double> max_seconds_;
  std::optional<Clock::time_point> end_;
};

}  // namespace dsgd
