#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// The server takes the first gradient and cancels the others.
struct Fastest {
  static constexpr std::string_view name = "fastest";
  static constexpr std::string_view meaning = "wait for the first worker, cancel the others: min X";
  static constexpr auto parameters() { return std::tuple<>(); }

  static constexpr bool meets = true;

  template <class Law>
  static constexpr Runtime runtime(Law const&, std::uint64_t) {
    return OrderStatistic{1};
  }
  static constexpr std::uint64_t gradients(std::uint64_t) { return 1; }
};

}  // namespace dsgd
