#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "exact/point.hpp"
#include "run/parallel.hpp"

namespace dsgd {

/// Means of the points of a table of measured times, where other steps or times had been measured: drawn from
/// those that were.
class OtherTables {
 public:
  struct Options {
    std::uint64_t seed;
    Stop stop = {};
    /// What the mean time of a point's update is multiplied with to be compared; empty for nothing.
    std::function<double(Point const& point)> weight = {};
  };

  /// @param points  of one law or fleet whose fleet is_measured(); not empty, and outlive this
  OtherTables(std::span<PlannedPoint const> points, Options options);

  /// Steps in a row that are drawn together, so that what correlates neighbours is kept.
  std::uint32_t block() const { return block_; }

  /// True where the point's mean is found by draws, and not as a function of the table.
  bool is_drawn(std::size_t point) const { return parts_[point].is_drawn(); }

  /// Logarithms of the means of all points, time units. Where a table changes what a mean is multiplied with, as it
  /// has other gradients at a deadline, it counts as a change of the mean.
  /// @throws Error stopped; usage where an update takes no time
  std::vector<double> log_means(std::uint64_t replicate) const;

 private:
  /// What is needed of a point to find its mean.
  struct Part {
    Point const* point;
    std::vector<double> series = {};  ///< runtime of each measured step; empty where it is no function of one
    TimeScale scale = {0, 1};         ///< of the series
    std::uint64_t arrivals = 0;       ///< that make an update, where arrivals alone do; else 0
    std::optional<double> weight = {};  ///< with the measured table, where it depends on that

    bool is_drawn() const { return series.empty() && arrivals == 0; }
  };

  Part part_of(Point const& point) const;
  std::uint32_t longest_block() const;
  /// The weight with another table's fleet, in weights with the measured one. @pre part.weight
  double change_of_weight(Part const& part, Fleet const& other) const;
  /// @param rate  arrivals per time and worker
  double mean_of(Part const& part, std::vector<std::uint32_t> const& rows, double rate) const;
  std::vector<double> drawn(Fleet const& fleet) const;

  Options options_;
  Fleet const& fleet_;
  std::vector<Part> parts_;
  bool needs_rate_ = false;   ///< of arrivals, for some part
  bool needs_draws_ = false;  ///< for some part
  bool has_weights_ = false;  ///< that depend on the table, of some part
  std::uint32_t block_ = 1;
};

}  // namespace dsgd
