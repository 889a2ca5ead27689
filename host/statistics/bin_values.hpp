#pragma once

#include <cstdint>
#include <vector>

#include "dsgd/time_scale.hpp"
#include "exact/point.hpp"

namespace dsgd {

/// The values of a runtime that can only be some, such as measured times, in one bin of its histogram.
class BinValues {
 public:
  /// @param exact  distribution with values; it must outlive this
  /// @param time   from what was counted to runtimes
  /// @param bin    number of the bin, see Histogram
  BinValues(RuntimeDistribution const& exact, TimeScale time, std::uint32_t bin);

  bool empty() const { return begin_ == end_; }

  /// The smallest and the largest, in units of the law. @pre !empty()
  double first() const { return *begin_; }
  double last() const { return *(end_ - 1); }

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
