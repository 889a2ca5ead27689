#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

namespace dsgd {

/// Synchronous SGD: the server waits for all workers. Runtime: the largest of m delays.
struct Sync {
  static constexpr std::string_view name = "sync";
  static constexpr std::string_view meaning = "wait for all workers: the slowest decides";
  static constexpr auto parameters() { return std::make_tuple(); }

  /// The runtime is this order statistic of fresh delays, 1 = fastest.
  template <class Law>
  static constexpr std::optional<std::uint32_t> rank(Law const&, std::uint32_t workers) {
    return workers;
  }

  /// Mini-batches that enter an update.
  static constexpr std::uint32_t gradients(std::uint32_t workers) { return workers; }
};

}  // namespace dsgd
