/// Engine `cuda` on one stream of a device: which kernels compute a block of iterations. nvcc compiles it for
/// devices, and the host compiler for tests without one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "kernels/fused/block_computer.hpp"
#include "kernels/fused/clocks/clocks_launcher.cuh"
#include "kernels/fused/delays/delays_launcher.cuh"
#include "kernels/fused/extremes/launcher.cuh"
#include "kernels/fused/plan.hpp"
#include "kernels/fused/runtimes/launcher.cuh"
#include "kernels/fused/sampled/hazards_kernel.cuh"
#include "kernels/fused/selection/selection_kernel.cuh"

namespace dsgd::kernels {

/// @tparam Queue  as RuntimeLauncher wants it
template <class Queue>
class FusedPipeline final : public BlockComputer {
 public:
  explicit FusedPipeline(Queue queue) : launcher_(std::move(queue)), delays_(launcher_), clocks_(launcher_) {}
  FusedPipeline(FusedPipeline const&) = delete;
  FusedPipeline& operator=(FusedPipeline const&) = delete;

  void start(Batch const& batch, IterationRange iterations) override {
    stream_ = batch.stream;
    observables_ = batch.observables.size();
    iterations_ = iterations;
    fleets_ = plan_fleets(batch.observables);
    if (fleets_.empty()) return;
    launcher_.start(fleets_);
    Runtime const& form = batch.observables.front().runtime;
    follows_clocks_ = std::holds_alternative<Clocks>(form);
    if (follows_clocks_)
      clocks_.run(stream_, fleets_, iterations_);
    else if (std::holds_alternative<SlowestSum>(form))
      delays_.run_sums(stream_, fleets_, iterations_);
    else if (std::holds_alternative<SampledOrderStatistic>(form))
      run_sampled();
    else if (!std::holds_alternative<OrderStatistic>(form) || has_unequal_workers(fleets_))
      delays_.run_ranks(stream_, fleets_, iterations_);
    else
      run_words();
  }

  std::vector<Summary> finish() override {
    if (fleets_.empty()) return {};
    std::vector<Summary> summaries(observables_);
    launcher_.finish(fleets_, summaries);
    if (follows_clocks_) clocks_.finish(fleets_, summaries);
    return summaries;
  }

 private:
  void run_words() {
    ExtremesLauncher<Queue> extremes(launcher_, stream_);
    if (extremes.is_fused(fleets_, iterations_)) {
      extremes.launch_fused(fleets_.front(), iterations_);
      return;
    }
    std::vector<PlannedFleet const*> with_extremes;
    for (PlannedFleet const& fleet : fleets_)
      if (fleet.has_extremes()) with_extremes.push_back(&fleet);
    std::size_t const pairs = std::clamp<std::size_t>(with_extremes.size(), 1, rows_per_launch);
    std::size_t const rows = std::max<std::size_t>(2 * pairs, most_words);  // extremes, then selections
    launcher_.for_each_chunk(iterations_, rows * sizeof(std::uint32_t), [&](LaunchIterations launch) {
      extremes.run(launch, with_extremes, pairs);
      for (PlannedFleet const& fleet : fleets_)
        for (PlannedSelection const& selection : plan_selections(fleet))
          run_selection(launch, fleet, selection);
    });
  }

  void run_selection(LaunchIterations launch, PlannedFleet const& fleet, PlannedSelection const& selection) {
    if (selection.end == Extreme::slowest)
      launch_selection<Extreme::slowest>(launch, fleet, selection);
    else
      launch_selection<Extreme::fastest>(launch, fleet, selection);
    std::vector<typename RuntimeLauncher<Queue>::FilledRow> filled;
    for (std::size_t p = 0; p < selection.places.size(); ++p)
      for (PlannedKind const& kind : fleet.kinds)
        if (kind.rank == selection.rank(p, fleet.workers)) filled.push_back({&kind, selected(p)});
    launcher_.template launch_runtimes<WordKind>(stream_, launch, filled);
  }

  template <Extreme End>
  void launch_selection(LaunchIterations launch, PlannedFleet const& fleet,
                        PlannedSelection const& selection) {
    Places places{static_cast<std::uint32_t>(selection.places.size()), {}};
    std::copy(selection.places.begin(), selection.places.end(), places.place);
    bool const few = selection.places.back() <= few_words;
    LaunchShape const over = launcher_.shape(launch);
    launcher_.queue().launch(over.blocks, 1, over.threads,
                             few ? selection_kernel<few_words, End> : selection_kernel<most_words, End>,
                             stream_, launch, static_cast<std::uint32_t>(fleet.workers), places, selected(0),
                             launcher_.rows().length());
  }

  /// The row of a selection's place.
  std::uint32_t* selected(std::size_t number) const {
    return launcher_.rows().template values<std::uint32_t>() + number * launcher_.rows().length();
  }

  void run_sampled() {
    launcher_.for_each_chunk(iterations_, sizeof(double), [&](LaunchIterations launch) {
      LaunchShape const over = launcher_.shape(launch);
      auto* const hazards = launcher_.rows().template values<double>();
      for (PlannedFleet const& fleet : fleets_)
        for (std::uint64_t const rank : fleet.ranks()) {
          launcher_.queue().launch(over.blocks, 1, over.threads, hazards_kernel, stream_.seed, launch,
                                   fleet.workers, rank, hazards);
          std::vector<typename RuntimeLauncher<Queue>::FilledRow> filled;
          for (PlannedKind const& kind : fleet.kinds)
            if (kind.rank == rank) filled.push_back({&kind, hazards});
          launcher_.template launch_runtimes<HazardKind>(stream_, launch, filled);
        }
    });
  }

  RuntimeLauncher<Queue> launcher_;
  DelaysLauncher<Queue> delays_;
  ClocksLauncher<Queue> clocks_;
  bool follows_clocks_ = false;

  Stream stream_{};
  std::size_t observables_ = 0;
  IterationRange iterations_{};
  std::vector<PlannedFleet> fleets_;
};

}  // namespace dsgd::kernels
