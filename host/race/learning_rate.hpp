/// Each strategy's own learning rate.
#pragma once

#include <cstdint>

#include "dsgd/race/task.hpp"
#include "race/engine.hpp"

namespace dsgd {

/// What a learning rate is to make small, and how that is found out where it is not known exactly.
struct RateJudgement {
  /// With a target the time to it, of times that are dense; else the error at the last time, or after the last
  /// updates where there is no time.
  RaceMeasures by;
  std::uint64_t seed;
  bool is_common;              ///< as RaceTask takes it
  std::uint64_t replications;  ///< at most; some thousands tell rates apart, which share their draws
};

/// Finds the learning rate with which a point does best, to three significant digits: by exact errors where they
/// are known, else by draws that all rates share. @param point  with any learning rate
/// @throws Error stopped
double best_learning_rate(RacePoint const& point, RateJudgement const& judgement, RaceEngine const& engine);

}  // namespace dsgd
