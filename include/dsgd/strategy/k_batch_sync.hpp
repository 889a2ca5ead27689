#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/draw/address.hpp"
#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// K-batch-sync SGD: the server waits for the first k mini-batches, whoever made them (a worker that finishes
/// starts another at once), then cancels and restarts all.
/// Source: Dutta et al., arXiv 1803.01113.
struct KBatchSync {
  Share k;  ///< mini-batches to wait for, or a percentage of the workers

  static constexpr std::string_view name = "k-batch-sync";
  static constexpr std::string_view meaning =
      "wait for the first k mini-batches, whoever made them, then restart all: k/(m rate) if exponential";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"k", &KBatchSync::k, 1, max_workers, "mini-batches to wait for, or a percentage of m"});
  }

  static constexpr bool meets = true;

  bool fits(std::uint64_t workers) const { return k.of(workers) >= 1; }

  template <class Law>
  Runtime runtime(Law const&, std::uint64_t workers) const {
    return Clocks{clock_rule::Restart{}, k.of(workers)};
  }
  std::uint64_t gradients(std::uint64_t workers) const { return k.of(workers); }
};

}  // namespace dsgd
