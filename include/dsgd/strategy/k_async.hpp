#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/draw/address.hpp"
#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// K-async SGD: the server waits for k different workers, which then begin anew with the new model; the
/// others go on undisturbed. A worker that has finished idles until the update. Under a law without memory
/// the wait is that for the first k of m fresh delays; under any law it is where k = m. Where k = 1, nobody
/// waits. Source: Dutta et al., arXiv 1803.01113.
struct KAsync {
  Share k;  ///< workers to wait for, or a percentage of all

  static constexpr std::string_view name = "k-async";
  static constexpr std::string_view meaning =
      "wait for k workers, which then restart; the others go on undisturbed";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"k", &KAsync::k, 1, max_workers, "workers to wait for, or a percentage of m"});
  }

  static constexpr bool meets = false;

  bool fits(std::uint64_t workers) const { return k.of(workers) >= 1 && k.of(workers) <= workers; }

  template <class Law>
  Runtime runtime(Law const&, std::uint64_t workers) const {
    if (Law::memoryless || k.of(workers) == workers) return OrderStatistic{k.of(workers)};
    if (k.of(workers) == 1) return Clocks{clock_rule::Arrivals{}, 1};
    return Clocks{clock_rule::Workers{}, k.of(workers)};
  }
  std::uint64_t gradients(std::uint64_t workers) const { return k.of(workers); }
};

}  // namespace dsgd
