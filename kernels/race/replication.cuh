#pragma once

#include <cmath>
#include <cstdint>

#include "dsgd/clock/plan.hpp"
#include "dsgd/race/noise.hpp"
#include "dsgd/race/step.hpp"
#include "kernels/device/curand_draw.cuh"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/group_search.cuh"
#include "kernels/race/rows.cuh"
#include "kernels/race/sums.cuh"
#include "kernels/race/task.cuh"

namespace dsgd::kernels {

/// One replication, which a thread follows: host/race/replication.hpp is its definition.
class RacedReplication {
 public:
  /// @param offset  of the replication among the launch's, whose first has the number `first`
  __device__ RacedReplication(DeviceRace const& race, RaceRows const& rows, RaceCounts const& counts,
                              std::uint64_t first, std::uint32_t offset)
      : race_(race),
        rows_(rows),
        counts_(counts),
        number_(first + offset),
        offset_(offset),
        state_(rows.states[offset]) {}

  /// Begins training at time 0.
  __device__ void start() {
    state_ = {};
    for_each_direction([&](std::uint32_t j) {
      model(j) = race_.model.start;
      sum(j) = 0;
    });
    if (race_.workers.replay != nullptr) {
      auto const [iteration, index] =
          job_address(number_, race_.workers.count, std::uint64_t{start_block} * 4);
      std::uint64_t const word = curand_word(race_.workers.jobs, iteration, index);
      state_.first_step = static_cast<std::uint32_t>(word * race_.workers.steps >> 32);
    }
    look_for_target(0);
  }

  /// Leaves the replication for the next launch, and counts it where it has not come to its end.
  __device__ void store() const {
    rows_.states[offset_] = state_;
    if (!state_.is_finished) atomicAdd(counts_.unfinished, 1u);
  }

  __device__ RaceState& state() { return state_; }

  __device__ std::uint32_t workers() const { return race_.workers.count; }
  __device__ double& model(std::uint32_t direction) const { return at(rows_.models, direction); }
  __device__ double& end(std::uint32_t worker) const { return at(rows_.ends, worker); }
  __device__ std::uint64_t& version(std::uint32_t worker) const { return at(rows_.versions, worker); }
  __device__ std::uint64_t& jobs(std::uint32_t worker) const { return at(rows_.jobs, worker); }
  __device__ double& taken(std::uint32_t worker, std::uint32_t direction) const {
    return at(rows_.taken, std::uint64_t{worker} * race_.model.count + direction);
  }

  /// Calls body(worker) for each of them, one after the other.
  template <class Body>
  __device__ void for_each_worker(Body const& body) const {
    DSGD_NO_UNROLL for (std::uint32_t worker = 0; worker < race_.workers.count; ++worker) body(worker);
  }

  /// Calls body(direction) for each direction of the model.
  template <class Body>
  __device__ void for_each_direction(Body const& body) const {
    DSGD_NO_UNROLL for (std::uint32_t j = 0; j < race_.model.count; ++j) body(j);
  }

  /// When a job ends that begins at a time.
  __device__ double end_of_job(double begin, std::uint32_t worker, std::uint64_t job) const {
    RaceWorkers const& all = race_.workers;
    RaceGroup const& own = all.groups[group_of(all.groups, all.group_count, worker)];
    float excess;
    if (all.replay != nullptr)
      excess = all.replay[(state_.first_step + job) % all.steps * all.count + worker];
    else
      excess = drawn_excess(own, job_address(number_, worker, job));
    return begin + all.scale * (own.origin + static_cast<double>(excess));
  }

  /// When the copy of a job ends that begins at a time: another worker runs it.
  __device__ double end_of_copy(double begin, std::uint32_t worker, std::uint64_t job) const {
    RaceWorkers const& all = race_.workers;
    std::uint32_t runner = worker;
    if (all.group_count > 1) {  // of equal workers it does not matter who
      auto const [iteration, index] = runner_address(number_, worker, job);
      std::uint64_t const word = curand_word(all.jobs, iteration, index);
      runner = static_cast<std::uint32_t>(word * (all.count - 1) >> 32);
      if (runner >= worker) ++runner;
    }
    RaceGroup const& own = all.groups[group_of(all.groups, all.group_count, runner)];
    float const excess = drawn_excess(own, copy_address(number_, worker, job));
    return begin + all.scale * (own.origin + static_cast<double>(excess));
  }

  /// Measures what is to be measured before the next update of the server, at a time.
  /// @return false where nothing is left to measure
  __device__ bool measure_until(double time) {
    RaceMarks const& marks = race_.marks;
    while (state_.next_time < marks.time_count && marks.times[state_.next_time] < time)
      counts_.at_times[state_.next_time++].add(error_quanta(), state_.progress);
    std::uint64_t const next = state_.progress.updates + marks.at_once;
    while (state_.next_update < marks.update_count && marks.updates[state_.next_update] < next)
      counts_.after_updates[state_.next_update++].add(error_quanta(), state_.progress);
    state_.is_finished = state_.next_time == marks.time_count && state_.next_update == marks.update_count;
    return !state_.is_finished;
  }

  /// Adds a worker's gradient to those of the next update. @param model_of  model_of(direction) is of which model
  template <class ModelOf>
  __device__ void add_gradient(std::uint32_t worker, ModelOf const& model_of) const {
    int const side = Quadratic::side(worker, race_.workers.count);
    for_each_direction(
        [&](std::uint32_t j) { sum(j) += race_.model.directions[j].of(side).of(model_of(j)); });
  }

  /// Applies the gradients that were added.
  /// @param gradients  how many they are, >= 1
  /// @param staleness  sum over them, in updates
  __device__ void update(double time, std::uint64_t gradients, std::uint64_t staleness) {
    double const noise = noise_of_update(race_.model.noise, race_.model.learning_rate, gradients);
    double const average = average_of(gradients);
    for_each_direction([&](std::uint32_t j) {
      model(j) = dsgd::updated(model(j), sum(j), average, noise, normal(j));
      sum(j) = 0;
    });
    finish_update(time, {1, gradients, staleness});
  }

  /// Applies the gradient of all the data, of the model as it is.
  __device__ void update_by_all_data(double time) {
    for_each_direction([&](std::uint32_t j) { sum(j) = race_.model.directions[j].of_all.of(model(j)); });
    update(time, race_.rule.gradients, 0);
  }

  /// Applies a round of local SGD.
  __device__ void meet(double time) {
    for_each_direction([&](std::uint32_t j) { model(j) = race_.model.rounds[j](model(j), normal(j)); });
    finish_update(time, {race_.rule.steps, std::uint64_t{race_.rule.steps} * race_.workers.count, 0});
  }

 private:
  template <class Value>
  __device__ Value& at(Value* row, std::uint64_t number) const {
    return row[number * rows_.replications + offset_];
  }
  __device__ double& sum(std::uint32_t direction) const { return at(rows_.sums, direction); }

  __device__ float drawn_excess(RaceGroup const& own, JobAddress const& address) const {
    std::uint32_t const k = curand_word(race_.workers.jobs, address.iteration, address.index);
    return own.law.excess(k, curand_tail_word(race_.workers.jobs, address.iteration, k));
  }

  __device__ double normal(std::uint32_t direction) const {
    auto const [iteration, index] = job_address(number_, direction, state_.served);
    return normal_of_word(curand_word(noise_stream(race_.workers.jobs.seed), iteration, index));
  }

  __device__ double error() const {
    double error = 0;
    for_each_direction(
        [&](std::uint32_t j) { error += race_.model.curvatures[j] * 0.5 * (model(j) * model(j)); });
    return error;
  }
  __device__ std::uint64_t error_quanta() const { return to_quanta(error(), race_.marks.error_exponent); }

  __device__ void finish_update(double time, RaceProgress const& entered) {
    ++state_.served;
    state_.progress.updates += entered.updates;
    state_.progress.gradients += entered.gradients;
    state_.progress.staleness += entered.staleness;
    look_for_target(time);
  }

  __device__ void look_for_target(double time) {
    RaceMarks const& marks = race_.marks;
    if (!marks.has_target || state_.has_reached || time > marks.last_time || !(error() <= marks.target))
      return;
    state_.has_reached = true;
    counts_.first_times->add(time, marks.time_exponent);
  }

  DeviceRace const& race_;
  RaceRows const& rows_;
  RaceCounts const& counts_;
  std::uint64_t number_;
  std::uint32_t offset_;
  RaceState state_;
};

}  // namespace dsgd::kernels
