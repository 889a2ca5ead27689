#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/draw/address.hpp"
#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// Synchronous SGD with backup workers: the server does not wait for the slowest `spare` of them.
/// Source: Chen et al., arXiv 1604.00981.
struct Backup {
  Share spare;  ///< workers not waited for, or a percentage of all

  static constexpr std::string_view name = "backup";
  static constexpr std::string_view meaning =
      "wait for all but the slowest spare workers: the (m - spare)-th smallest X";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"spare", &Backup::spare, 0, max_workers, "workers not waited for, or a percentage of m"});
  }

  static constexpr bool meets = true;

  bool fits(std::uint64_t workers) const { return spare.of(workers) < workers; }

  template <class Law>
  Runtime runtime(Law const&, std::uint64_t workers) const {
    return OrderStatistic{gradients(workers)};
  }
  std::uint64_t gradients(std::uint64_t workers) const { return workers - spare.of(workers); }
};

}  // namespace dsgd
