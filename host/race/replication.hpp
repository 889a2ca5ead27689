/// One replication of a race: what all strategies have in common, by the definition.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsgd/engine/stop_check.hpp"
#include "dsgd/race/summary.hpp"
#include "dsgd/race/task.hpp"

namespace dsgd {

/// Draws a replication's delays, trains its model, and measures it. Who follows a strategy finds out when the
/// next update comes, measures until then, adds up the gradients that enter, and updates.
class RaceReplication {
 public:
  /// The references outlive this. @param number  < 2^32
  RaceReplication(RaceTask const& task, std::uint64_t number, RaceSummary& summary, StopCheck& stop);

  RaceTask const& task() const { return task_; }
  std::uint32_t workers() const { return workers_; }

  /// Updates of the server so far.
  std::uint64_t served() const { return served_; }

  /// The model, one number per direction.
  std::vector<double> const& model() const { return w_; }

  /// When a job ends that begins at a time, time units. @throws Stopped
  double end_of_job(double begin, std::uint32_t worker, std::uint64_t job);

  /// When the copy of a job ends that begins at a time: another worker runs it. @throws Stopped
  double end_of_copy(double begin, std::uint32_t worker, std::uint64_t job);

  /// Measures what is to be measured before the next update of the server.
  /// @return false where nothing is left to measure
  bool measure_until(double time);

  /// Adds a worker's gradient of a model to those of the next update.
  void add_gradient(std::uint32_t worker, double const* model);

  /// Applies the gradients that were added.
  /// @param gradients  how many they are, >= 1
  /// @param staleness  sum over them, in updates
  void update(double time, std::uint64_t gradients, std::uint64_t staleness);

  /// Applies the gradient of all the data, of the model as it is: workers share one mini-batch.
  void update_by_all_data(double time);

  /// Applies a round of local SGD. @pre the task has rounds
  void meet(double time, std::uint32_t steps);

 private:
  RacedGroup const& group_of(std::uint32_t worker) const;
  float excess(RacedGroup const& own, std::uint32_t worker, std::uint64_t job) const;
  float drawn_excess(RacedGroup const& own, JobAddress const& address) const;
  std::uint64_t draw_first_step() const;
  double normal(std::size_t direction) const;
  void add_to(RaceCheckpoint& checkpoint) const;
  void finish_update(double time, RaceProgress const& entered);
  void look_for_target(double time);

  RaceTask const& task_;
  std::uint64_t number_;
  RaceSummary& summary_;
  StopCheck& stop_;
  std::uint32_t workers_;
  std::vector<double> w_;     ///< the model
  std::vector<double> sums_;  ///< of the gradients since the last update, one per direction
  RaceProgress progress_;
  std::uint64_t served_ = 0;                     ///< updates of the server
  std::size_t next_time_ = 0, next_update_ = 0;  ///< that are to be measured
  bool has_reached_ = false;                     ///< the target
  std::uint64_t first_step_ = 0;                 ///< of those that are replayed, from 0
};

}  // namespace dsgd
