#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// Synchronous SGD: the server waits for all workers.
/// Source: Chen et al., arXiv 1604.00981.
struct Sync {
  static constexpr std::string_view name = "sync";
  static constexpr std::string_view meaning = "wait for all workers: max X";
  static constexpr auto parameters() { return std::tuple<>(); }

  static constexpr bool meets = true;

  template <class Law>
  static constexpr Runtime runtime(Law const&, std::uint64_t workers) {
    return OrderStatistic{workers};
  }
  static constexpr std::uint64_t gradients(std::uint64_t workers) { return workers; }
};

}  // namespace dsgd
