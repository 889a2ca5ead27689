#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/draw/address.hpp"
#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// K-sync SGD: the server waits for the first k workers and cancels the others.
/// Source: Dutta et al., arXiv 1803.01113.
struct KSync {
  Share k;  ///< workers to wait for, or a percentage of all

  static constexpr std::string_view name = "k-sync";
  static constexpr std::string_view meaning =
      "wait for the first k workers, cancel the others: the k-th smallest X";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"k", &KSync::k, 1, max_workers, "workers to wait for, or a percentage of m"});
  }

  static constexpr bool meets = true;

  bool fits(std::uint64_t workers) const { return k.of(workers) >= 1 && k.of(workers) <= workers; }

  template <class Law>
  Runtime runtime(Law const&, std::uint64_t workers) const {
    return OrderStatistic{k.of(workers)};
  }
  std::uint64_t gradients(std::uint64_t workers) const { return k.of(workers); }
};

}  // namespace dsgd
