/// Ctrl-C while a call computes.
#pragma once

#include <nanobind/nanobind.h>

#include <chrono>
#include <optional>
#include <thread>

namespace dsgd {

/// Tells whether a signal's handler raised an exception since. Python hands signals to its main thread alone,
/// and that thread is busy here: it looks for them itself, a few times per second.
class Interruption {
 public:
  /// Asked from any thread, without the interpreter's lock.
  bool operator()() {
    auto const now = std::chrono::steady_clock::now();
    if (std::this_thread::get_id() != caller_ || now < next_) return false;
    next_ = now + std::chrono::milliseconds(50);
    nanobind::gil_scoped_acquire const locked;
    if (PyErr_CheckSignals() == 0) return false;
    raised_.emplace();
    return true;
  }

  /// The exception that was raised, if one was.
  std::optional<nanobind::python_error> const& raised() const { return raised_; }

 private:
  std::thread::id caller_ = std::this_thread::get_id();
  std::chrono::steady_clock::time_point next_ = {};
  std::optional<nanobind::python_error> raised_ = {};
};

}  // namespace dsgd
