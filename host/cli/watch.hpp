/// How a command that may take long is watched: --progress, and signals that stop it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "run/parallel.hpp"
#include "run/progress.hpp"
#include "stop.hpp"

namespace dsgd {

/// Adds --progress. @param form  outlives the command
void add_progress_option(CLI::App& command, std::string* form);

/// A command that writes all or nothing. While it lives, the first SIGINT, SIGTERM or SIGUSR1 asks to stop.
class Watch {
 public:
  /// @param progress  as --progress takes it
  /// @throws Error usage
  explicit Watch(std::string const& progress) : meter_(reported_work(progress_mode(progress))) {}

  /// To be given to the work, which counts what is done.
  WorkMeter const& meter() const { return meter_; }

  /// Likewise; must not outlive this.
  Stop stop() const {
    return [this] { return stop_.made(); };
  }

  /// What the work returns. @throws whatever the work throws; where a signal has stopped it, an error that says
  /// so, with exit code 130 or 143
  template <class Work>
  auto run(Work const& work) const {
    try {
      auto result = work();
      meter_.end();  // a bar leaves the terminal to what follows
      return result;
    } catch (Error const& error) {
      if (error.code() == ExitCode::stopped && stop_.made()) report_stop();
      throw;
    }
  }

  /// @throws Error where a signal has stopped the drawing of figures
  void require_drawn(bool are_drawn) const;

 private:
  [[noreturn]] void report_stop() const;

  StopRequest stop_{std::nullopt};
  WorkMeter meter_;
};

}  // namespace dsgd
