/// How long order statistics of workers are that are not alike.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>

#include "dsgd/fleet.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/quantum.hpp"

namespace dsgd {
namespace detail {

/// P(start of the law + excess > time), to 2^-64.
inline double survival(Law const& law, double start, double time) {
  return std::visit(
      [&](auto const& sampler) {
        auto const is_longer = [&](std::uint64_t position) {
          DelayWords const words = words_at(position);
          return start + static_cast<double>(sampler.excess(words.k, words.t)) > time;
        };
        std::uint64_t longer = 0;  // how many positions are: delays never increase with them
        for (std::uint64_t step = std::uint64_t{1} << 63; step != 0; step /= 2)
          if (is_longer(longer + step - 1)) longer += step;
        return static_cast<double>(longer) * 0x1p-64;
      },
      sampler(law));
}

}  // namespace detail

/// Of the `rank`-th smallest delay of a fleet, from its smallest origin on. Typically as many workers as it
/// leaves behind, and half a one, take longer. j = workers - rank + 1 of them take longer with a probability
/// below (e S / j)^j, where S is the number that is expected to: rare is what makes that 2^-50.
/// @pre fleet is not empty, 1 <= rank <= workers
inline RuntimeRange fleet_range(std::span<FleetGroup const> fleet, std::uint64_t rank) {
  double workers = 0, start = origin(fleet.front().law);
  for (FleetGroup const& group : fleet) {
    workers += static_cast<double>(group.workers);
    start = std::min(start, origin(group.law));
  }
  double const behind = workers - static_cast<double>(rank);
  double const rare = (behind + 1) * portable::exp(-rare_nats / (behind + 1) - 1);
  // The first exponent from -127 on at whose power of two at most so many workers are expected to be longer.
  auto const first_exponent = [&](double longer) {
    int below = -128, from = 128;
    while (from - below > 1) {
      int const middle = below + (from - below) / 2;
      double expected = 0;
      for (FleetGroup const& group : fleet)
        expected += static_cast<double>(group.workers) *
                    detail::survival(group.law, origin(group.law) - start, std::ldexp(1.0, middle));
      (expected <= longer ? from : below) = middle;
    }
    return from;
  };
  return {std::max(first_exponent(behind + 0.5) - 1, -127), first_exponent(rare)};
}

}  // namespace dsgd
