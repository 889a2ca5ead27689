#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// Local SGD (periodic averaging): each worker takes `steps` steps of its own, then all meet, which takes
/// `communication`. The runtime is that of one step.
/// Source: Wang, Joshi, arXiv 1810.08313.
struct LocalSgd {
  std::uint32_t steps = 1;
  double communication = 0;  ///< time of one meeting, time units

  static constexpr std::string_view name = "local-sgd";
  static constexpr std::string_view meaning =
      "all take steps, then meet; per step: (max of m sums of steps X + communication)/steps";
  static constexpr auto parameters() {
    return std::make_tuple(Parameter{"steps", &LocalSgd::steps, 1, 1024, "steps between meetings"},
                           Parameter{"communication", &LocalSgd::communication, 0, 1e30,
                                     "time of one meeting, in the unit of the law"});
  }

  static constexpr bool meets = true;

  template <class Law>
  constexpr Runtime runtime(Law const&, std::uint64_t) const {
    return SlowestSum{steps};
  }
  static constexpr std::uint64_t gradients(std::uint64_t workers) { return workers; }
};

}  // namespace dsgd
