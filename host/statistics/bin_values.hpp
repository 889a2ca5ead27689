#pragma once

#include <cstdint>
#include <vector>

#include "dsgd/expects.hpp"
#include "dsgd/time_scale.hpp"
#include "exact/runtime_distribution.hpp"

namespace dsgd {

/// Values in one bin of a histogram, of a runtime that can only take some values, such as measured times.
class BinValues {
 public:
  /// @param exact  distribution with values; it must outlive this
  /// @param time   turns what was counted into runtimes
  /// @param bin    number of the bin, see Histogram
  BinValues(RuntimeDistribution const& exact, TimeScale time, std::uint32_t bin);

  bool empty() const { return begin_ == end_; }

  /// The smallest value, in units of the law. @pre !empty()
  double first() const {
    DSGD_EXPECTS(!empty());
    return *begin_;
  }

  /// The largest value, in units of the law. @pre !empty()
  double last() const {
    DSGD_EXPECTS(!empty());
    return *(end_ - 1);
  }

  /// The value at which the bin's values together have this share of its probability: they may differ much,
  /// as those of the slowest of many workers do.
  /// @param share  in [0, 1]
  /// @pre !empty()
  double at(double share) const;

 private:
  using Place = std::vector<double>::const_iterator;

  /// P(runtime < *next) and its complement.
  exact::Tails tails_to(Place next) const;

  RuntimeDistribution const* exact_;
  Place begin_, end_;
};

}  // namespace dsgd
