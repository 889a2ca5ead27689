/// Mean times of updates of several points, and how they would differ together if measured again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "run/parallel.hpp"
#include "run/work_meter.hpp"

namespace dsgd {

struct MeansOptions {
  std::uint32_t replicates = 400;    ///< tables that are drawn from the measured one, >= 39
  std::uint64_t iterations = 40000;  ///< of a point whose mean is not known exactly, >= 1
  std::uint64_t seed = 1;
  unsigned threads = 1;  ///< >= 1; no result depends on it
  Stop stop = {};
  /// What means are multiplied with to be compared: that it varies with measured times is counted. Empty for nothing.
  std::function<double(Point const& point)> weight = {};
  WorkMeter meter = {};  ///< counts points, then tables or batches
};

/// A ratio and its 95 % interval, absent where the ratio is exact.
struct Ratio {
  double value;
  std::optional<double> low, high;
};

/// Means of several points of the same workers' law. What is uncertain of them is so together.
class Means {
 public:
  /// What intervals are over.
  enum class Basis {
    exact,    ///< nothing: all means are known
    steps,    ///< measured steps, or measured times, drawn again
    batches,  ///< draws of those points whose means are not known
  };

  /// @param points  of one law or fleet, all with a finite mean; not empty
  /// @throws Error stopped; usage where tables that are drawn have updates which take no time; what an engine throws
  Means(std::span<PlannedPoint const> points, MeansOptions const& options);

  Basis basis() const { return basis_; }

  /// Measured steps or times that are drawn again; 0 where nothing was measured.
  std::size_t rows() const { return rows_; }

  /// Steps in a row that are drawn together.
  std::uint32_t block() const { return block_; }

  /// The mean time of an update, time units, > 0 unless all delays are 0.
  double mean(std::size_t point) const { return mean_[point]; }

  /// True where it comes from a closed form, a quadrature or all measured steps, and not from draws.
  bool is_exact(std::size_t point) const { return exact_[point]; }

  /// mean(a) / mean(b), with an interval that counts what both have in common. @pre both are points
  Ratio ratio(std::size_t a, std::size_t b) const;

 private:
  void resample(std::span<PlannedPoint const> points, MeansOptions const& options);
  void draw_batches(std::span<PlannedPoint const> points, MeansOptions const& options);
  std::pair<double, double> interval_over_rows(std::vector<double> deviations) const;

  Basis basis_ = Basis::exact;
  std::size_t rows_ = 0;
  std::uint32_t block_ = 1;
  std::vector<double> mean_;
  std::vector<bool> exact_;
  std::vector<bool> is_drawn_;               ///< by draws in each table
  std::vector<std::vector<double>> varied_;  ///< [point][replicate]: logarithm of the mean, time units
};

}  // namespace dsgd
