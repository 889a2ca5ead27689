/// How an engine finds out in the middle of its work that it is to stop.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>

namespace dsgd {

/// Thrown where work is given up in the middle.
struct Stopped {};

/// Asks whether to stop, but only now and then, as an answer may take longer than what is done meanwhile.
/// Each copy counts its own steps.
class StopCheck {
 public:
  StopCheck() = default;

  /// @param asked  true once work is to stop; called from any thread. An empty function never stops it
  explicit StopCheck(std::function<bool()> asked) : asked_(std::move(asked)) {}

  /// Call it after every `steps` steps, of which a million take some milliseconds.
  /// @throws Stopped
  void operator()(std::uint64_t steps) {
    if (!asked_) return;
    steps_ += steps;
    if (steps_ < steps_between_questions) return;
    steps_ = 0;
    if (asked_()) throw Stopped{};
  }

 private:
  static constexpr std::uint64_t steps_between_questions = 1 << 20;

  std::function<bool()> asked_;
  std::uint64_t steps_ = 0;
};

}  // namespace dsgd
