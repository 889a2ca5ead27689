#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/engine/stop_check.hpp"
#include "dsgd/race/task.hpp"
#include "kernels/cuda/device_tables.hpp"
#include "kernels/fused/plan.hpp"
#include "kernels/fused/runtimes/iteration_rows.cuh"
#include "kernels/race/kernels.cuh"

namespace dsgd::kernels {

/// Follows the replications of races on a stream of a device.
/// @tparam Queue  as RuntimeLauncher wants it
template <class Queue>
class RaceLauncher {
 public:
  explicit RaceLauncher(Queue queue) : queue_(std::move(queue)) {}

  /// Adds replications of a task. @throws Stopped, OutOfDeviceMemory, Error device
  void add(RaceTask const& task, IterationRange replications, StopCheck& stop, RaceSummary& summary) {
    buffers_.clear();
    DeviceRace const race = on_device(task);
    RaceCounts const counts = zeroed_counts(task);
    std::uint64_t const directions = race.model.count, workers = race.workers.count;
    rows_.reserve(queue_, RaceRows::bytes(workers, directions, race.rule.form == RaceRule::clocks),
                  replications.count, 1);
    for (std::uint64_t done = 0; done < replications.count; done += rows_.length()) {
      IterationRange const launch{replications.first + done,
                                  std::min(rows_.length(), replications.count - done)};
      follow(launch, race, race_rows(rows_.data(), launch.count, workers, directions), counts, stop);
    }
    take_over(task, counts, summary);
    summary.replications += replications.count;
  }

 private:
  using Buffer = typename Queue::Buffer;

  /// Jobs that a thread draws in a launch: it takes some milliseconds, so that nobody has to wait for its end.
  static constexpr std::uint64_t jobs_per_launch = 4096;

  template <class Value>
  Value* bring(std::vector<Value> const& values) {
    if (values.empty()) return nullptr;
    buffers_.push_back(queue_.allocate(values.size() * sizeof(Value)));
    queue_.upload(buffers_.back().data(), values.data(), values.size() * sizeof(Value));
    return reinterpret_cast<Value*>(buffers_.back().data());
  }

  DeviceRace on_device(RaceTask const& task) { return {workers(task), model(task), rule(task), marks(task)}; }

  RaceWorkers workers(RaceTask const& task) {
    std::vector<RaceGroup> groups;
    for (RacedGroup const& group : task.groups)
      groups.push_back(
          {static_cast<std::uint32_t>(group.end), group.origin,
           std::visit([&](auto const& law) { return AnyLaw(tables_.on_device(queue_, law)); }, group.law)});
    std::vector<float> times;
    Replay const* const replay = task.point.fleet.replay().get();
    if (replay != nullptr)
      for (std::uint32_t step = 0; step < replay->steps(); ++step)
        for (std::size_t worker = 0; worker < replay->workers(); ++worker)
          times.push_back(replay->excess(worker, step));
    return {task.jobs,
            static_cast<std::uint32_t>(task.point.workers()),
            task.scale,
            bring(groups),
            static_cast<std::uint32_t>(groups.size()),
            bring(times),
            replay == nullptr ? 0 : replay->steps()};
  }

  RaceModel model(RaceTask const& task) {
    Quadratic const& model = task.point.model;
    return {bring(task.directions),
            bring(task.rounds),
            bring(model.curvatures),
            static_cast<std::uint32_t>(model.curvatures.size()),
            model.is_common(),
            model.start,
            model.noise,
            task.point.learning_rate};
  }

  static RaceRule rule(RaceTask const& task) {
    RaceRule rule{};
    rule.gradients = task.gradients;
    rule.meeting = task.meeting;
    rule.takes_all_data = takes_all_data(task.point.strategy);
    std::visit([&](auto const& form) { set_form(form, rule); }, task.form);
    return rule;
  }

  static void set_form(OrderStatistic const& statistic, RaceRule& rule) {
    rule.form = RaceRule::ranked;
    rule.rank = statistic.rank;
  }
  static void set_form(Deadlined const& until, RaceRule& rule) {
    rule.form = RaceRule::deadlined;
    rule.rank = until.rank;
    rule.deadline = until.deadline;
  }
  static void set_form(Copied const& copied, RaceRule& rule) {
    rule.form = RaceRule::copied;
    rule.rank = copied.rank;
    rule.copies = copied;
  }
  static void set_form(SlowestSum const& sum, RaceRule& rule) {
    rule.form = RaceRule::summed;
    rule.steps = sum.steps;
  }
  static void set_form(Clocks const& clocks, RaceRule& rule) {
    rule.form = RaceRule::clocks;
    rule.gradients = clocks.gradients;
    rule.they_wait = they_wait(clocks.rule);
    rule.all_restart = all_restart(clocks.rule);
    auto const* const bounded = std::get_if<clock_rule::BoundedStaleness>(&clocks.rule);
    rule.is_bounded = bounded != nullptr;
    if (bounded != nullptr) rule.staleness = bounded->staleness;
  }
  /// Races have no order statistics that are themselves drawn: race_form() gives none.
  static void set_form(SampledOrderStatistic const&, RaceRule&) { DSGD_EXPECTS(false); }

  RaceMarks marks(RaceTask const& task) {
    RaceMeasures const& measures = task.measures;
    return {bring(measures.times),
            bring(measures.updates),
            static_cast<std::uint32_t>(measures.times.size()),
            static_cast<std::uint32_t>(measures.updates.size()),
            updates_at_once(task.form),
            task.error_exponent,
            task.time_exponent,
            measures.target.has_value(),
            measures.target.value_or(0),
            measures.times.empty() ? 0 : measures.times.back()};
  }

  template <class Value>
  Value* zeroed(std::size_t count) {
    if (count == 0) return nullptr;
    buffers_.push_back(queue_.allocate(count * sizeof(Value)));
    queue_.fill(buffers_.back().data(), 0, count * sizeof(Value));
    return reinterpret_cast<Value*>(buffers_.back().data());
  }

  RaceCounts zeroed_counts(RaceTask const& task) {
    RaceMeasures const& measures = task.measures;
    return {zeroed<MarkSums>(measures.times.size()), zeroed<MarkSums>(measures.updates.size()),
            zeroed<TargetSums>(measures.target ? 1 : 0), zeroed<unsigned>(1)};
  }

  void follow(IterationRange launch, DeviceRace const& race, RaceRows const& rows, RaceCounts const& counts,
              StopCheck& stop) {
    LaunchShape const over = launch_shape(launch.count, 1, race_threads, queue_.multiprocessors());
    bool const on_clocks = race.rule.form == RaceRule::clocks;
    std::uint64_t const jobs = race.workers.count * std::uint64_t{std::max(race.rule.steps, 1u)};
    auto const turns = static_cast<std::uint32_t>(
        std::max<std::uint64_t>(on_clocks ? jobs_per_launch : jobs_per_launch / jobs, 1));
    queue_.launch(over.blocks, 1, over.threads, race_starts_kernel, launch, race, rows, counts);
    for (unsigned unfinished = 1; unfinished > 0;) {
      queue_.fill(counts.unfinished, 0, sizeof unfinished);
      queue_.launch(over.blocks, 1, over.threads, on_clocks ? race_clocks_kernel : race_rounds_kernel, launch,
                    race, rows, counts, turns);
      queue_.download(&unfinished, counts.unfinished, sizeof unfinished);
      stop(std::uint64_t{1} << 20);
    }
  }

  template <class Value>
  std::vector<Value> taken(Value const* from, std::size_t count) {
    std::vector<Value> values(count);
    if (count > 0) queue_.download(values.data(), from, count * sizeof(Value));
    return values;
  }

  void take_over(RaceTask const& task, RaceCounts const& counts, RaceSummary& summary) {
    auto const add = [&](MarkSums const* from, std::vector<RaceCheckpoint>& to) {
      std::vector<MarkSums> const sums = taken(from, to.size());
      for (std::size_t i = 0; i < to.size(); ++i) sums[i].add_to(to[i]);
    };
    add(counts.at_times, summary.at_times);
    add(counts.after_updates, summary.after_updates);
    if (task.measures.target) taken(counts.first_times, 1).front().add_to(summary.first_times);
  }

  Queue queue_;
  DeviceTables<Buffer> tables_;
  IterationRows<Queue> rows_;
  std::vector<Buffer> buffers_;  ///< of the task that is followed
};

}  // namespace dsgd::kernels
