/// What a sweep gives its readers, before it becomes text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "dsgd/sweep.hpp"
#include "statistics/estimate.hpp"

namespace dsgd {

/// The difference of a mean to that of a baseline, time units; the ends of its 95 % interval are absent where nothing varies, and where a
/// variance is infinite.
struct Difference {
  double value;
  std::optional<double> low, high;
};

struct ResultRow {
  PlannedPoint planned;
  Estimate estimate;
  /// Did the point reach the relative error that was asked for? Absent where none was.
  std::optional<bool> precision_met = {};
  std::optional<Difference> difference = {};  ///< absent without a baseline, and of the baseline itself
  bool finished = true;  ///< false where the run was stopped before all its iterations were done

  Point const& point() const { return planned.point(); }
};

/// How a result came about. Kept apart, because it may differ between equal runs.
struct Provenance {
  std::vector<std::string> argv;
  std::string engine;
  std::string version, commit, compiler, cuda;  ///< cuda: toolkit version; empty in a build without
  std::string host, device;
  std::string start;  ///< UTC, ISO 8601
  double seconds = 0;
  double draws_per_second = 0;
};

struct Document {
  std::vector<ResultRow> rows;
  std::uint64_t seed;
  Draws draws;
  Sampling sampling = Sampling::workers;
  std::optional<Communication> communication;
  std::optional<Law> server = {};
  std::optional<Stragglers> stragglers = {};
  std::vector<double> quantiles;         ///< probabilities that were asked for, ascending
  std::optional<std::uint64_t> updates;  ///< whose time in a row was asked for
  std::optional<Strategy> baseline;      ///< that rows are compared with
  std::optional<double> relative_error;  ///< that was asked for: iterations are then those of each point
  std::string unit;                      ///< of times: a label; empty for that of the law
  std::optional<std::string> shard;      ///< "1/2", where this is a part of a sweep
  bool complete = true;                  ///< false when the run was stopped before all iterations were done
  std::size_t missing = 0;               ///< points that a stopped run has not finished
  Provenance provenance;
};

/// "independent" or "common".
inline char const* draws_name(Draws draws) { return draws == Draws::common ? "common" : "independent"; }

/// "workers" or "order-statistics".
inline char const* sampling_name(Sampling sampling) {
  return sampling == Sampling::workers ? "workers" : "order-statistics";
}

}  // namespace dsgd
