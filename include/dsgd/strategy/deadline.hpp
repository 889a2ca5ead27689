#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/draw/address.hpp"
#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// The server takes what has arrived at a deadline, waits on while that is fewer than k gradients, and goes on
/// at once where all are there. Those that still run are cancelled.
/// Source: Dutta et al., arXiv 1803.01113 (k-sync, its limit for a deadline of 0).
struct Deadline {
  double time = 0;  ///< since the update before, time units
  Share k{1};       ///< workers to wait for in any case, or a percentage of all

  static constexpr std::string_view name = "deadline";
  static constexpr std::string_view meaning =
      "take what has arrived by the time, at least the first k= (1) workers: min(max(k-th smallest X, time), "
      "max X)";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"time", &Deadline::time, 0, 1e30, "of the deadline, in the unit of the law"},
        Parameter{"k", &Deadline::k, 1, max_workers, "workers to wait for in any case, or a percentage of m",
                  Presence::optional});
  }
  bool shows(std::string_view key) const { return key != "k" || !(k == Deadline{}.k); }

  static constexpr bool meets = true;

  bool fits(std::uint64_t workers) const { return k.of(workers) >= 1 && k.of(workers) <= workers; }

  template <class Law>
  Runtime runtime(Law const&, std::uint64_t workers) const {
    return Deadlined{k.of(workers), time};
  }
  /// The fewest; host/exact/gradients.hpp has the mean.
  std::uint64_t gradients(std::uint64_t workers) const { return k.of(workers); }
};

}  // namespace dsgd
