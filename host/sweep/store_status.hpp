/// How far a store is.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "store/description.hpp"

namespace dsgd {

/// What a store is asked for, and what of that is done.
struct StoreStatus {
  std::string path;         ///< as it was given
  Description description;  ///< of its sweep
  std::size_t points, finished;
  std::size_t of_other_sweeps;  ///< points that were added to it, and are not the sweep's
  /// Iterations of all points, about: those that may be needed, and those that are done. With a relative error
  /// points stop before.
  double iterations, iterations_done;
  double draws;              ///< of all points, about, done or not
  double share;              ///< of the draws that are done or not needed, in [0, 1]
  std::string last_written;  ///< UTC, ISO 8601
  std::string next;          ///< the command that goes on, or that writes the results where all is done

  bool complete() const { return finished == points; }
};

/// Looks into a store, which stays as it is, and may be in use. Reads files of measured delays that it names.
/// @throws Error as Store::snapshot(), described_sweep() and resume() do
StoreStatus store_status(std::string const& path);

/// The text that people read.
std::string status_text(StoreStatus const& status);

/// Schema dsgd.status/1.
std::string status_json(StoreStatus const& status, std::vector<std::string> argv);

/// One line for each of several stores, and their total.
std::string statuses_text(std::vector<StoreStatus> const& statuses);

/// Schema dsgd.statuses/1: the total, and in `stores` each of them as status_json() has it.
std::string statuses_json(std::vector<StoreStatus> const& statuses, std::vector<std::string> argv);

}  // namespace dsgd
