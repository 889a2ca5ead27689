/// A sweep: the points that a user asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "dsgd/clock/plan.hpp"
#include "dsgd/communication.hpp"
#include "dsgd/point.hpp"

namespace dsgd {

/// Says whether points with different workers draw independently or from one common set of draws.
enum class Draws { independent, common };

struct Sweep {
  std::vector<SweptFleet> fleets{Law{Exponential{}}};
  std::vector<Strategy> strategies{Sync{}, Async{}};
  std::vector<std::uint64_t> workers;  ///< ascending, without repetitions
  std::uint64_t iterations = 5000;
  std::uint64_t seed = 1;
  Draws draws = Draws::independent;
  std::optional<Communication> communication;  ///< of updates at which all workers meet
  std::optional<Law> server;                   ///< of the time that an update takes at the server
  std::optional<Stragglers> stragglers;        ///< workers that are slow for a while
  Sampling sampling = Sampling::workers;
  bool quantiles = false;  ///< true to keep histograms
};

/// The draws of a point depend on its workers, the seed, and whether it follows clocks; so adding a point
/// changes no other, and points that differ in law or strategy share their draws as far as they can.
inline Stream stream_of(Sweep const& sweep, Runtime const& runtime, std::uint64_t workers) {
  bool const common = sweep.draws == Draws::common;
  if (std::holds_alternative<Clocks>(runtime)) return clock_stream(sweep.seed, workers, common);
  return {sweep.seed, common ? 0 : static_cast<std::uint32_t>(workers)};
}

/// All points, ordered by law, strategy, workers. Left out are those whose strategy waits for more workers
/// than there are, and those whose fleet has another number of them.
inline std::vector<Point> expand(Sweep const& sweep) {
  std::vector<Point> points;
  points.reserve(sweep.fleets.size() * sweep.strategies.size() * sweep.workers.size());
  for (SweptFleet const& fleet : sweep.fleets)
    for (Strategy const& strategy : sweep.strategies)
      for (std::uint64_t const workers : sweep.workers) {
        if (!fleet.has(workers) || !fits(strategy, workers)) continue;
        Point point{fleet.of(workers), strategy, sweep.iterations, {}};
        if (sweep.communication) point.communication = communication_time(*sweep.communication, workers);
        point.server = sweep.server;
        point.stragglers = sweep.stragglers;
        point.quantiles = sweep.quantiles;
        point.sampling = sweep.sampling;
        Runtime const form = runtime(point);
        if (point.fleet.replay() && Replay::knows_runtimes(form))
          point.step = Fleet(point.fleet.replay()->law_of_runtime(form), 1);
        point.stream = stream_of(sweep, runtime(point), workers);
        points.push_back(std::move(point));
      }
  return points;
}

}  // namespace dsgd
