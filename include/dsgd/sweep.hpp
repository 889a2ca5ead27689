/// A sweep: the points that a user asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dsgd/communication.hpp"
#include "dsgd/point.hpp"

namespace dsgd {

/// Do points with different workers draw independently, or from one common set of draws?
enum class Draws { independent, common };

struct Sweep {
  std::vector<Law> laws{Exponential{}};
  std::vector<Strategy> strategies{Sync{}, Async{}};
  std::vector<std::uint64_t> workers;  ///< ascending, without repetitions
  std::uint64_t iterations = 5000;
  std::uint64_t seed = 1;
  Draws draws = Draws::independent;
  std::optional<Communication> communication;  ///< where workers meet
  bool quantiles = false;                      ///< keep histograms
};

/// The draws of a point depend on its workers, the seed, and whether it follows clocks; so adding a point
/// changes no other, and points that differ in law or strategy share their draws as far as they can.
inline Stream stream_of(Sweep const& sweep, Runtime const& runtime, std::uint64_t workers) {
  bool const common = sweep.draws == Draws::common;
  if (std::holds_alternative<Clocks>(runtime)) return clock_stream(sweep.seed, workers, common);
  return {sweep.seed, common ? 0 : static_cast<std::uint32_t>(workers)};
}

/// All points, ordered by law, strategy, workers. Left out are those whose strategy waits for more workers
/// than there are.
inline std::vector<Point> expand(Sweep const& sweep) {
  std::vector<Point> points;
  points.reserve(sweep.laws.size() * sweep.strategies.size() * sweep.workers.size());
  for (Law const& law : sweep.laws)
    for (Strategy const& strategy : sweep.strategies)
      for (std::uint64_t const workers : sweep.workers)
        if (fits(strategy, workers))
          points.push_back({law, strategy, workers, sweep.iterations,
                            stream_of(sweep, runtime(strategy, law, workers), workers),
                            sweep.communication ? communication_time(*sweep.communication, workers) : 0,
                            sweep.quantiles});
  return points;
}

}  // namespace dsgd
