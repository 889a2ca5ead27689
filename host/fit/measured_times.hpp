/// A table of measured times: a row per worker and step, a column per worker, or times alone.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "dsgd/law/table_keys.hpp"
#include "table/read.hpp"

namespace dsgd::fit {

/// Times by step and worker, of the steps that have one of each worker.
struct Matrix {
  std::size_t steps, workers;
  std::vector<double> times;  ///< [step, worker], time units
  std::vector<std::string> worker_names;
  std::size_t incomplete_steps = 0;  ///< left out

  double operator()(std::size_t step, std::size_t worker) const { return times[step * workers + worker]; }
};

struct MeasuredTimes {
  table::Table table;          ///< without its values
  std::vector<double> values;  ///< in the file's order, time units; at least two, not all equal
  table::Labels workers;       ///< whose each value is; empty where no column tells them apart
  std::size_t missing = 0;     ///< cells without a value; pairs of worker and step where both are told apart
  std::vector<std::string> remarks = {};  ///< on what the table lacks: a line each
  std::optional<Matrix> matrix;  ///< where there are two whole steps of two workers, or more of either

  /// The columns of times, with commas between them.
  std::string columns() const;
};

/// @param keys  as a user gives them for `dsgd fit`
/// @throws Error as selection_of(), table::read_table() and table::times_by_step() say, and usage where all
/// times are equal
MeasuredTimes read_measured_times(TableKeys const& keys);

}  // namespace dsgd::fit
