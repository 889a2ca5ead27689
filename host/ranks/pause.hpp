/// How long a thread that awaits a message sleeps between looks for it.
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace dsgd {

/// Pauses are short at first, since another message often follows at once, and grow from look to look, so
/// that a long wait keeps no core busy.
class Pause {
 public:
  using Duration = std::chrono::duration<double>;

  static constexpr Duration shortest{20e-6}, longest{300e-6};

  void sleep() {
    std::this_thread::sleep_for(next_);
    next_ = std::min(2 * next_, longest);
  }

  /// Makes the next pause short: a message came, and the next one may follow at once.
  void reset() { next_ = shortest; }

 private:
  Duration next_ = shortest;
};

}  // namespace dsgd
