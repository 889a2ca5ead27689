#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/draw/address.hpp"
#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// K-batch-async SGD: an update every k mini-batches; nobody idles and nobody is cancelled.
/// Source: Dutta et al., arXiv 1803.01113.
struct KBatchAsync {
  Share k;  ///< mini-batches per update, or a percentage of the workers

  static constexpr std::string_view name = "k-batch-async";
  static constexpr std::string_view meaning =
      "an update every k mini-batches, nobody idles, nobody is cancelled: k E[X]/m";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"k", &KBatchAsync::k, 1, max_workers, "mini-batches per update, or a percentage of m"});
  }

  static constexpr bool meets = false;

  bool fits(std::uint64_t workers) const { return k.of(workers) >= 1; }

  template <class Law>
  Runtime runtime(Law const&, std::uint64_t workers) const {
    return Clocks{clock_rule::Arrivals{}, k.of(workers)};
  }
  std::uint64_t gradients(std::uint64_t workers) const { return k.of(workers); }
};

}  // namespace dsgd
