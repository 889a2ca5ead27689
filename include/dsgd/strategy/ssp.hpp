#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// Stale synchronous parallel: every arrival is an update, and a worker waits once it has ended more than
/// `staleness` jobs more than the slowest. With 0 the workers go in steps, as under sync, whose gradients are
/// applied one by one; the larger it is, the more this is async.
/// Source: Ho et al., "More Effective Distributed ML via a Stale Synchronous Parallel Parameter Server", 2013.
struct Ssp {
  std::uint32_t staleness = 0;  ///< jobs

  static constexpr std::string_view name = "ssp";
  static constexpr std::string_view meaning =
      "every arrival is an update; who is more than staleness jobs ahead of the slowest waits for it";
  static constexpr auto parameters() {
    return std::make_tuple(Parameter{"staleness", &Ssp::staleness, 0, 1'000'000,
                                     "jobs that a worker may be ahead of the slowest and go on"});
  }

  static constexpr bool meets = false;

  template <class Law>
  Runtime runtime(Law const&, std::uint64_t) const {
    return Clocks{clock_rule::BoundedStaleness{staleness}, 1};
  }
  static constexpr std::uint64_t gradients(std::uint64_t) { return 1; }
};

}  // namespace dsgd
