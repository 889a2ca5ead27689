#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/draw/address.hpp"
#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// Gradient coding: a mini-batch is divided into m parts, of which each worker carries stragglers + 1, so
/// that the gradient of all is known once m - stragglers have arrived. A delay is the time of a whole
/// mini-batch, as under every strategy; a worker's share takes (stragglers + 1) / m of it. Source: Tandon,
/// Lei, Dimakis, Karampatziakis, ICML 2017.
struct GradientCoding {
  Share stragglers;  ///< workers not waited for, or a percentage of all

  static constexpr std::string_view name = "gradient-coding";
  static constexpr std::string_view meaning =
      "each worker computes s + 1 of m parts, so that any m - s workers (s: stragglers) have all parts: (s + "
      "1)/m "
      "times the (m - s)-th smallest X";
  static constexpr auto parameters() {
    return std::make_tuple(Parameter{"stragglers", &GradientCoding::stragglers, 0, max_workers,
                                     "workers not waited for, or a percentage of m"});
  }

  static constexpr bool meets = true;

  bool fits(std::uint64_t workers) const { return stragglers.of(workers) < workers; }

  template <class Law>
  Runtime runtime(Law const&, std::uint64_t workers) const {
    return OrderStatistic{workers - stragglers.of(workers)};
  }
  /// One mini-batch, whose parts the workers share. Without stragglers, as many are done per unit of time as
  /// under `sync`.
  static constexpr std::uint64_t gradients(std::uint64_t) { return 1; }

  /// Share of a whole mini-batch's time that a worker's parts take.
  double scale(std::uint64_t workers) const {
    return static_cast<double>(stragglers.of(workers) + 1) / static_cast<double>(workers);
  }
};

}  // namespace dsgd
