/// A table's times by worker and by step.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "table/read.hpp"
#include "table/refuse.hpp"

namespace dsgd::table {

/// The times of each worker, in the file's order.
struct WorkerTimes {
  std::vector<std::string> names;
  std::vector<std::vector<double>> times;  ///< [worker], each with one time or more
};

/// @pre the table has workers, or is wide
WorkerTimes times_by_worker(Table const& table);

/// Steps that have a time of each worker, in the order of their names.
struct StepTimes {
  std::size_t steps = 0;
  std::vector<std::string> workers;
  std::vector<double> times;   ///< [step, worker], time units
  std::size_t incomplete = 0;  ///< steps left out
};

/// @param missing  what is done about steps that lack the time of a worker
/// @pre the table has workers and steps, or is wide
/// @throws Error usage where a worker has two times in a step, or one lacks and is not to be skipped
StepTimes times_by_step(Table const& table, Source const& source, Missing missing);

}  // namespace dsgd::table
