/// What a race is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsgd/race/quadratic.hpp"
#include "request/request.hpp"

namespace dsgd {

/// As it is written.
struct RaceTexts {
  SweepTexts what;  ///< laws, workers, strategies, replications (its iterations), seed, draws, communication
  std::string model = std::string(Quadratic::name);
  std::string learning_rate = "0.1";
  std::optional<std::string> times, updates, target;
  bool curves = false;

  RaceTexts() { what.iterations = "10000"; }
};

/// All that decides the answer of a race.
struct RaceRequest {
  SweepRequest sweep;  ///< its iterations are replications of every point
  Quadratic model;
  std::vector<double> learning_rates;  ///< empty where each point is to have its best one
  /// At which, and after which, the error is told; times that suit the law where both are empty.
  std::vector<double> times;
  std::vector<std::uint64_t> updates;
  std::optional<double> target;  ///< error whose first time is looked for
  bool curves = false;           ///< true to measure the error at many times, too
};

/// @throws Error usage; file where measured delays cannot be read
RaceRequest parse_race_request(RaceTexts const& texts);

}  // namespace dsgd
