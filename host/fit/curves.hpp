/// What a figure of measured times shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fit/measured_times.hpp"
#include "fit/model.hpp"
#include "fit/sample.hpp"

namespace dsgd::fit {

/// Most points of a curve.
inline constexpr std::size_t max_curve_points = 100;

struct LawCurve {
  std::string law;
  std::vector<double> quantiles;  ///< at ValueCurves::shares, time units
};

/// Values beside laws.
struct ValueCurves {
  std::vector<double> shares;     ///< (rank - 1/2) / number of values, ascending; denser towards both ends
  std::vector<double> measured;   ///< the values of those ranks, time units
  std::vector<double> low, high;  ///< of the first law: 95 % of samples have their values between
  std::vector<LawCurve> laws;
};

/// @param laws  the best first, at least one
ValueCurves value_curves(Sample const& sample, std::vector<Fitted> const& laws);

struct WorkerBox {
  std::string worker;
  std::vector<double> quantiles;  ///< at 5, 25, 50, 75 and 95 %, time units
};

std::vector<WorkerBox> worker_boxes(Matrix const& times);

/// How the slowest worker's time is distributed: P(slowest <= time) as measured, and under each model.
struct SlowestCurves {
  std::vector<double> times;  ///< ascending
  std::vector<double> measured, pooled, per_worker, law;
};

/// @param law  that each worker's times are drawn from
SlowestCurves slowest_curves(Matrix const& times, Fitted const& law);

}  // namespace dsgd::fit
