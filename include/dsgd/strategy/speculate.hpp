#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "dsgd/draw/address.hpp"
#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// Speculation: a worker that runs for long is given a copy elsewhere; the first of both counts, the other is
/// cancelled. Copies begin after a time, or once a share of the workers has arrived and `factor` times their
/// median has passed; at once where all of these are 0.
/// Sources: Dean, Barroso, "The Tail at Scale", 2013 (hedged requests); Apache Spark, spark.speculation.quantile
/// and spark.speculation.multiplier.
struct Speculate {
  double after = 0;          ///< time units
  double share = 0;          ///< of the workers, in [0, 1]
  double factor = 0;         ///< of the median of those that have arrived
  Share k{1, Share::whole};  ///< workers to wait for, or a percentage of all

  static constexpr std::string_view name = "speculate";
  static constexpr std::array<std::string_view, 2> one_of{"after", "share"};  ///< says when copies begin
  static constexpr std::string_view meaning =
      "a worker that is late gets a copy on another machine, and the first of both counts. Late is who still "
      "runs at the time after=; or, once share= of the workers have arrived (such as 75%), who runs longer "
      "than factor= (0) times the median of theirs. The server waits for k= (100%) of the workers";
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"after", &Speculate::after, 0, 1e30, "time when copies begin, in the unit of the law",
                  Presence::optional},
        Parameter{"share", &Speculate::share, 0, 1, "of the workers that have arrived when copies begin",
                  Presence::optional},
        Parameter{"factor", &Speculate::factor, 0, 1e6, "copies begin after so many medians of their delays",
                  Presence::optional},
        Parameter{"k", &Speculate::k, 1, max_workers, "workers to wait for, or a percentage of m",
                  Presence::optional});
  }
  bool shows(std::string_view key) const {
    if (key == "after") return after != 0 || (share == 0 && factor == 0);
    if (key == "share") return share != 0;
    if (key == "factor") return factor != 0;
    return !(k == Speculate{}.k);
  }
  std::string problem() const {
    return factor != 0 && share == 0 ? "factor is of the median delay of a share, and there is none" : "";
  }

  static constexpr bool meets = true;

  bool fits(std::uint64_t workers) const { return k.of(workers) >= 1 && k.of(workers) <= workers; }

  template <class Law>
  Runtime runtime(Law const&, std::uint64_t workers) const {
    return Copied{k.of(workers), after, arrived(workers), factor};
  }
  std::uint64_t gradients(std::uint64_t workers) const { return k.of(workers); }

 private:
  /// A share of the workers, rounded up. What a share in decimals lacks of a whole number is no worker more.
  std::uint64_t arrived(std::uint64_t workers) const {
    double const exact = share * static_cast<double>(workers);
    auto const whole = static_cast<std::uint64_t>(exact);
    return exact - static_cast<double>(whole) > 1e-6 ? whole + 1 : whole;
  }
};

}  // namespace dsgd
