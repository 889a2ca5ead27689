#pragma once

#include <cstdint>
#include <vector>

#include "dsgd/point.hpp"
#include "run/parallel.hpp"

namespace dsgd {

struct DrawOptions {
  std::uint64_t iterations;  ///< of each point that follows no clocks, >= 1
  std::uint64_t updates;     ///< of each that does, at most; 64 at least
  std::uint64_t arrivals;    ///< that its updates take, at most, where these are more than 64
  std::uint64_t seed;
  unsigned threads = 1;  ///< >= 1; no result depends on it
  Stop stop = {};
};

/// Means of points by engine `cpu`, time units; points of equal workers have the same draws. Order statistics of
/// equal workers are themselves drawn.
/// @param points  as plan_sweep() passes them, or of other measured times
/// @throws Error stopped
std::vector<double> drawn_means(std::vector<Point> points, DrawOptions const& options);

}  // namespace dsgd
