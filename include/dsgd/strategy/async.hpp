#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// Asynchronous SGD: every arrival is an update; nobody waits and nobody is cancelled. Under a law without
/// memory a worker in the middle of its job is as good as one that starts, so that the time between arrivals
/// is the smallest of m fresh delays, as the notebook computes it. Under any other law it is not, and the
/// workers' clocks are followed; the mean is E[X] / m.
/// Source: Dutta et al., arXiv 1803.01113.
struct Async {
  static constexpr std::string_view name = "async";
  static constexpr std::string_view meaning =
      "every arrival is an update, nobody waits, nobody is cancelled: E[X]/m";
  static constexpr auto parameters() { return std::tuple<>(); }

  static constexpr bool meets = false;

  template <class Law>
  static constexpr Runtime runtime(Law const&, std::uint64_t) {
    if (Law::memoryless) return OrderStatistic{1};
    return Clocks{clock_rule::Arrivals{}, 1};
  }
  static constexpr std::uint64_t gradients(std::uint64_t) { return 1; }
};

}  // namespace dsgd
