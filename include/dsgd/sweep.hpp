/// A sweep: the points that a user asks for.
#pragma once

#include <cstdint>
#include <vector>

#include "dsgd/point.hpp"

namespace dsgd {

/// Do points with different workers draw independently, or from one common set of draws?
enum class Draws { independent, common };

struct Sweep {
  std::vector<Law> laws{Exponential{}};
  std::vector<Strategy> strategies{Sync{}, Async{}};
  std::vector<std::uint32_t> workers;  ///< ascending, without repetitions
  std::uint64_t iterations = 5000;
  std::uint64_t seed = 1;
  Draws draws = Draws::independent;
};

/// The draws of a point depend on its workers and the seed alone, so that adding a point changes no other,
/// and points that differ only in law or strategy share their draws.
inline Stream stream_of(Sweep const& sweep, std::uint32_t workers) {
  return {sweep.seed, sweep.draws == Draws::common ? 0 : workers};
}

/// All points, ordered by law, strategy, workers.
inline std::vector<Point> expand(Sweep const& sweep) {
  std::vector<Point> points;
  points.reserve(sweep.laws.size() * sweep.strategies.size() * sweep.workers.size());
  for (Law const& law : sweep.laws)
    for (Strategy const& strategy : sweep.strategies)
      for (std::uint32_t const workers : sweep.workers)
        points.push_back({law, strategy, workers, sweep.iterations, stream_of(sweep, workers)});
  return points;
}

}  // namespace dsgd
