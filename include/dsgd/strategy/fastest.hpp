#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

namespace dsgd {

/// Wait for the first worker and cancel the rest. Runtime: the smallest of m delays.
struct Fastest {
  static constexpr std::string_view name = "fastest";
  static constexpr std::string_view meaning = "wait for the first worker, cancel the rest";
  static constexpr auto parameters() { return std::make_tuple(); }

  /// The runtime is this order statistic of fresh delays, 1 = fastest.
  template <class Law>
  static constexpr std::optional<std::uint32_t> rank(Law const&, std::uint32_t) {
    return 1;
  }

  /// Mini-batches that enter an update.
  static constexpr std::uint32_t gradients(std::uint32_t) { return 1; }
};

}  // namespace dsgd
