/// How long order statistics are where workers are not alike.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/fleet.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/quantum/range.hpp"

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
        std::uint64_t longer = 0;  // positions with a longer time: delays never increase with them
        for (std::uint64_t step = std::uint64_t{1} << 63; step != 0; step /= 2)
          if (is_longer(longer + step - 1)) longer += step;
        return static_cast<double>(longer) * 0x1p-64;
      },
      sampler(law));
}

/// How many workers of a group take longer than some time, with the same probability each.
struct Exceedance {
  double workers, probability;
};

/// An upper bound on the logarithm of the probability that `count` workers or more take longer. The
/// probability is at most E[e^(theta N)] / e^(theta count) for every theta > 0 (Chernoff); this is the
/// smallest of some.
inline double log_chernoff_bound(std::span<Exceedance const> groups, double count) {
  double least = 0;
  for (int step = 0; step <= 80; ++step) {  // theta from 1/16 to 64, eight to an octave
    double const theta = std::ldexp(1 + (step % 8) / 8.0, step / 8 - 4);
    double const growth = portable::exp(theta) - 1;
    double bound = -theta * count;
    for (Exceedance const& group : groups)
      bound += group.workers * portable::log1p(group.probability * growth);
    least = std::min(least, bound);
  }
  return least;
}

}  // namespace detail

/// When the copies of workers that still run begin, time units; infinite for none.
struct CopiesBegin {
  double typically = std::numeric_limits<double>::infinity();  ///< about, or earlier
  double at_latest = std::numeric_limits<double>::infinity();  ///< but for one iteration of 2^50
};

/// The range of the `rank`-th smallest delay of a fleet, counted from the fleet's smallest origin. Typical is
/// a time that workers - rank + 1/2 workers exceed on average; rare is one that workers - rank + 1 or more
/// exceed with a probability of 2^-50 at most. A worker exceeds a time where its copy does, too.
/// @pre fleet is not empty, 1 <= rank <= workers
inline RuntimeRange fleet_range(std::span<FleetGroup const> fleet, std::uint64_t rank,
                                CopiesBegin const& copies = {}) {
  DSGD_EXPECTS(!fleet.empty() && rank >= 1);
  double workers = 0, start = origin(fleet.front().law);
  for (FleetGroup const& group : fleet) {
    workers += static_cast<double>(group.workers);
    start = std::min(start, origin(group.law));
  }
  double const behind = workers - static_cast<double>(rank);
  DSGD_EXPECTS(behind >= 0);
  std::vector<detail::Exceedance> longer(fleet.size());
  auto const find_longer = [&](double time) {
    for (std::size_t g = 0; g < fleet.size(); ++g)
      longer[g] = {static_cast<double>(fleet[g].workers),
                   detail::survival(fleet[g].law, origin(fleet[g].law) - start, time)};
  };
  // A copy is of another worker.
  auto const find_both_longer = [&](double time, double copied) {
    find_longer(time - copied);
    std::vector<detail::Exceedance> const copies = longer;
    double all = 0;
    for (detail::Exceedance const& group : copies) all += group.workers * group.probability;
    find_longer(time);
    for (std::size_t g = 0; g < fleet.size(); ++g)
      longer[g].probability *=
          workers > 1 ? (all - copies[g].probability) / (workers - 1) : copies[g].probability;
  };
  // The first exponent from -127 on at whose power of two few enough workers take longer.
  auto const first_exponent = [&](double copied, auto const& are_few) {
    int below = -128, from = 128;
    while (from - below > 1) {
      int const middle = below + (from - below) / 2;
      double const time = std::ldexp(1.0, middle);
      if (time < copied)
        find_longer(time);
      else
        find_both_longer(time, copied);
      (are_few() ? from : below) = middle;
    }
    return from;
  };
  auto const typically = [&] {
    double expected = 0;
    for (detail::Exceedance const& group : longer) expected += group.workers * group.probability;
    return expected <= behind + 0.5;
  };
  auto const rarely_more = [&] { return detail::log_chernoff_bound(longer, behind + 1) <= -rare_nats; };
  return {std::max(first_exponent(copies.typically, typically) - 1, -127),
          first_exponent(copies.at_latest, rarely_more)};
}

}  // namespace dsgd
