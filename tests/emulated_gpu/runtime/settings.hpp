/// What the environment sets; README.md has the list.
#pragma once

#include <optional>
#include <string>

#include "runtime/types.hpp"

namespace emulated_gpu {

/// In which order the threads of a block, and the blocks of a launch, take their turns.
struct Order {
  enum Kind { ascending, descending, shuffled } kind = ascending;
  u64 seed = 0;

  /// A way through all of 0 … n - 1: a shuffled one has a random start, and a random step that is prime to n.
  struct Walk {
    u64 at, step, n;

    /// Who comes next.
    u64 next() {
      u64 const now = at;
      at = at + step < n ? at + step : at + step - n;
      return now;
    }
  };

  /// @param round  shuffles differ by it. @pre n >= 1
  Walk walk(u64 n, u64 round) const;
};

/// The n-th call of a function of the runtime fails, or that one and all after it.
struct PlannedFailure {
  std::string call;  ///< "any" for all functions
  u64 number = 0;    ///< counted from 1
  int code = 0;
  bool once = false;
};

struct Settings {
  Order order;
  int devices = 1;
  u64 memory_bytes = u64{1} << 30;  ///< of each device
  int multiprocessors = 4;
  bool defer = false;  ///< work of a stream waits until something waits for it
  bool races = true;
  std::optional<PlannedFailure> failure;
  std::string coverage_file, calls_file;  ///< written when the program ends; empty for none
};

Settings const& settings();

}  // namespace emulated_gpu
