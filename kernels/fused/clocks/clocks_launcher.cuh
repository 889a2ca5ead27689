#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

#include "kernels/cuda/growing_memory.hpp"
#include "kernels/fused/clocks/bounded_clocks_kernel.cuh"
#include "kernels/fused/clocks/clock_starts_kernel.cuh"
#include "kernels/fused/clocks/clocks_kernel.cuh"
#include "kernels/fused/clocks/replayed_times.hpp"
#include "kernels/fused/group_array.hpp"
#include "kernels/fused/plan.hpp"
#include "kernels/fused/runtimes/launcher.cuh"

namespace dsgd::kernels {

/// Launches runtimes that follow clocks. Replications are followed in chunks, all of a chunk step by step,
/// and each step is followed by the runtimes of its updates.
template <class Queue>
class ClocksLauncher {
 public:
  explicit ClocksLauncher(RuntimeLauncher<Queue>& launcher) : launcher_(launcher) {}

  /// Follows replications.
  /// @param fleets  of kinds that follow clocks; they have to live until finish()
  /// @throws OutOfDeviceMemory
  void run(Stream stream, std::vector<PlannedFleet> const& fleets, IterationRange replications) {
    replications_ = replications.count;
    start(fleets);
    std::uint64_t bytes = 0;
    for_each_kind(fleets, [&](PlannedFleet const& fleet, PlannedKind const& kind) {
      PlannedClocks const& clocks = *kind.clocks;
      std::uint64_t const updates = most_step_updates(clocks.plan, clocks.clocks, fleet.workers);
      bytes =
          std::max(bytes, ClockRows::bytes_per_replication(fleet.workers, updates, clocks.clocks.straggles));
    });
    launcher_.for_each_chunk(
        replications, bytes,
        [&](LaunchReplications launch) {
          for_each_kind(fleets, [&](PlannedFleet const& fleet, PlannedKind const& kind) {
            auto const workers = static_cast<std::uint32_t>(fleet.workers);
            ClockRows const rows =
                clock_rows(launcher_.rows().data(), static_cast<std::uint32_t>(launch.count), workers,
                           kind.clocks->clocks.straggles);
            FleetJobs const fleet_jobs = this->fleet_jobs(stream, kind, workers);
            if (kind.clocks->stragglers) {
              StragglingJobs const jobs{fleet_jobs, *kind.clocks->stragglers, launch.first, rows.replications,
                                        rows.are_slow};
              return follow(launch, kind, rows, jobs, jobs);
            }
            if (kind.clocks->replay) {
              ReplayedJobs const jobs = replayed_jobs(fleet_jobs, kind, launch, rows);
              return follow(launch, kind, rows, jobs, jobs);
            }
            if (!kind.has_equal_workers()) return follow(launch, kind, rows, fleet_jobs, fleet_jobs);
            std::visit(
                [&]<class Sampler>(Sampler const&) {
                  follow(launch, kind, rows, jobs<Sampler>(stream, kind, workers), fleet_jobs);
                },
                kind.law());
          });
        },
        1);
  }

  /// Waits for all that was launched, and adds to the summaries what belongs to clocks alone.
  void finish(std::vector<PlannedFleet> const& fleets, std::vector<Summary>& summaries) {
    std::vector<ClockSums> sums(kinds_);
    launcher_.queue().download(sums.data(), sums_.data(), sums.size() * sizeof(ClockSums));
    for_each_kind(fleets, [&](PlannedFleet const&, PlannedKind const& kind) {
      PlannedClocks const& clocks = *kind.clocks;
      std::uint64_t const gradients = replications_ * clocks.plan.updates * clocks.clocks.gradients;
      for (std::size_t const i : kind.observables)
        summaries[i].clocks = sums[kind.number].summary(replications_, gradients);
    });
  }

 private:
  template <class Body>
  static void for_each_kind(std::vector<PlannedFleet> const& fleets, Body const& body) {
    for (PlannedFleet const& fleet : fleets)
      for (PlannedKind const& kind : fleet.kinds) body(fleet, kind);
  }

  /// Zeroes the device's sums for these fleets, and brings what the kernels read to the device: rows then
  /// take what is left of the memory.
  void start(std::vector<PlannedFleet> const& fleets) {
    Queue const& queue = launcher_.queue();
    kinds_ = fleets.back().kinds.back().number + 1;
    sums_.reserve(queue, kinds_ * sizeof(ClockSums));
    queue.fill(sums_.data(), 0, kinds_ * sizeof(ClockSums));
    residuals_.reserve(queue, fleets);
    groups_.reserve(queue, fleets);
    rates_.reserve(queue, fleets);
    origins_.reserve(queue, fleets, [](PlannedKind const& kind) {
      return kind.clocks->replay ? kind.clocks->replay->workers() : 0;
    });
    times_.bring(queue, fleets);
    for_each_kind(fleets, [&](PlannedFleet const&, PlannedKind const& kind) { bring(kind); });
  }

  /// Brings to the device what the kernels read of a kind's groups.
  void bring(PlannedKind const& kind) {
    Queue const& queue = launcher_.queue();
    if (kind.clocks->replay) return origins_.bring(queue, kind, origins_of_workers(kind));
    std::vector<GroupJobs> groups;
    groups.reserve(kind.groups.size());
    for (ObservedGroup const& group : kind.groups)
      groups.push_back({static_cast<std::uint32_t>(group.end), group.offset_ticks, group.offset,
                        launcher_.any_law(group.law)});
    Residuals const* const under_way = kind.clocks->residuals;
    if (under_way != nullptr) residuals_.bring(queue, kind, under_way->of_groups);
    groups_.bring(queue, kind, groups);
    if (under_way != nullptr) rates_.bring(queue, kind, under_way->rates);
  }

  /// What is added to the excesses of each worker, ticks.
  static std::vector<unsigned long long> origins_of_workers(PlannedKind const& kind) {
    std::vector<unsigned long long> origins;
    for (ObservedGroup const& group : kind.groups) origins.resize(group.end, group.offset_ticks);
    return origins;
  }

  template <class Sampler>
  ClockJobs<Sampler> jobs(Stream stream, PlannedKind const& kind, std::uint32_t workers) {
    return {stream,
            launcher_.template law<Sampler>(kind.law()),
            tick_scale(kind.quantum_exponent),
            kind.groups.front().offset_ticks,
            kind.clocks->head_start,
            workers};
  }

  FleetJobs fleet_jobs(Stream stream, PlannedKind const& kind, std::uint32_t workers) const {
    Residuals const* const under_way = kind.clocks->residuals;
    return {stream,
            groups_.of(kind),
            rates_.of(kind),
            under_way == nullptr ? 0 : under_way->rate,
            static_cast<std::uint32_t>(kind.groups.size()),
            tick_scale(kind.quantum_exponent),
            kind.clocks->head_start,
            workers};
  }

  ReplayedJobs replayed_jobs(FleetJobs const& fleet_jobs, PlannedKind const& kind, LaunchReplications launch,
                             ClockRows const& rows) const {
    PlannedClocks const& planned = *kind.clocks;
    return {fleet_jobs,
            times_.of(*planned.replay),
            origins_.of(kind),
            rows.words + std::size_t{ClockWord::first_step} * rows.replications,
            launch.first,
            planned.replay->steps(),
            static_cast<std::uint32_t>(most_discarded_updates(planned.clocks, planned.plan)),
            planned.clocks.gradients,
            false,
            0};
  }

  static ClockBegins begins_of(ClockRule const& of) {
    return std::visit(
        []<class Rule>(Rule const& rule) {
          // Rounds begin all workers at an update, as they_wait and all_restart say; bounded staleness has a kernel of its own.
          static_assert(CountedRule<Rule> || std::is_same_v<Rule, clock_rule::Rounds> ||
                            std::is_same_v<Rule, clock_rule::BoundedStaleness>,
                        "no kernel knows who begins a job under this rule");
          return ClockBegins{rule.they_wait, rule.all_restart};
        },
        of);
  }

  /// Follows replications of a kind.
  /// @param jobs        of its workers
  /// @param fleet_jobs  the same, as those of a fleet: kernels that look at other workers are made for fleets alone
  template <class Jobs, class AnyJobs>
  void follow(LaunchReplications launch, PlannedKind const& kind, ClockRows const& rows, Jobs const& jobs,
              AnyJobs const& fleet_jobs) {
    PlannedClocks const& planned = *kind.clocks;
    Queue const& queue = launcher_.queue();
    Residual const* const residuals = planned.residuals == nullptr ? nullptr : residuals_.of(kind);
    ClockSums* const sums = reinterpret_cast<ClockSums*>(sums_.data()) + kind.number;
    LaunchShape const over = launch_shape(launch.count, 1, clock_threads, queue.multiprocessors());
    ClockBegins const begins = begins_of(planned.clocks.rule);
    std::optional<std::uint32_t> const staleness = planned.staleness();
    queue.launch(over.blocks, 1, over.threads, clock_starts_kernel<Jobs>, launch, jobs, residuals, rows);
    auto const take = [&](Jobs const& jobs, AnyJobs const& fleet_jobs, ClockStep const& step) {
      if (staleness)
        queue.launch(over.blocks, 1, over.threads, bounded_clocks_kernel<AnyJobs>, launch, fleet_jobs,
                     *staleness, step, rows, sums);
      else
        queue.launch(over.blocks, 1, over.threads, clocks_kernel<Jobs>, launch, jobs, begins, step, rows,
                     sums);
    };
    if constexpr (std::is_same_v<Jobs, ReplayedJobs>) {
      std::uint64_t const most = std::max(jobs.most_discarded, 1u) - 1;
      for_each_step(most, planned.plan.warm_up, planned.clocks, jobs.workers,
                    [&](ClockStep const& step, std::uint64_t done) {
                      ReplayedJobs discarding = jobs;
                      discarding.discards = true;
                      discarding.before = done;
                      take(discarding, discarding, step);
                    });
    }
    for_each_step(planned.plan, planned.clocks, jobs.workers, [&](ClockStep const& step) {
      take(jobs, fleet_jobs, step);
      std::uint64_t const runtimes = step.measured() * launch.count;
      if (runtimes > 0) launcher_.launch_runtimes_of_ticks({0, runtimes}, kind, rows.durations);
    });
    queue.launch(over.blocks, 1, over.threads, clock_windows_kernel, launch, rows, sums);
  }

  RuntimeLauncher<Queue>& launcher_;
  GrowingMemory<Queue> sums_;
  GroupArray<Queue, Residual> residuals_;
  GroupArray<Queue, GroupJobs> groups_;
  GroupArray<Queue, GroupRate> rates_;
  GroupArray<Queue, unsigned long long> origins_;
  ReplayedTimes<Queue> times_;
  std::size_t kinds_ = 0;
  std::uint64_t replications_ = 0;
};

}  // namespace dsgd::kernels
