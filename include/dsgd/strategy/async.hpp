#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

namespace dsgd {

/// Asynchronous SGD: every arrival is an update; nobody waits and nobody is cancelled. Runtime: the time
/// between arrivals. Under a law without memory a worker in the middle of its job is as good as one that
/// starts, so that the time between arrivals is the smallest of m fresh delays, as the notebook computes it.
/// Under any other law it is not.
struct Async {
  static constexpr std::string_view name = "async";
  static constexpr std::string_view meaning = "every arrival is an update; nobody waits, nobody is cancelled";
  static constexpr auto parameters() { return std::make_tuple(); }

  /// The runtime is this order statistic of fresh delays, 1 = fastest; with memory it is none.
  template <class Law>
  static constexpr std::optional<std::uint32_t> rank(Law const&, std::uint32_t) {
    if (!Law::memoryless) return std::nullopt;
    return 1;
  }

  /// Mini-batches that enter an update.
  static constexpr std::uint32_t gradients(std::uint32_t) { return 1; }
};

}  // namespace dsgd
