/// What engine `cuda` launches for a block of iterations: pure decisions, without a device.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dsgd/clock/start.hpp"
#include "dsgd/engine/fused_refusal.hpp"
#include "dsgd/error.hpp"
#include "dsgd/law/same_law.hpp"
#include "dsgd/observable.hpp"
#include "kernels/fused/selection/first_words.hpp"
#include "kernels/materialized/extremes.hpp"

namespace dsgd::kernels {

/// What kernels need of runtimes that follow clocks.
struct PlannedClocks {
  Clocks clocks;
  ClockPlan plan;
  std::uint64_t head_start;              ///< ticks by which jobs are shorter that begin at a restart
  Residuals const* residuals;            ///< of jobs; nullptr where all workers begin a fresh one
  std::optional<Stragglers> stragglers;  ///< nothing where delays depend on no jobs before
  std::shared_ptr<Replay const>
      replay;  ///< whose steps are followed in their order; none where jobs are drawn

  /// How far a worker may be ahead of the slowest; nothing where workers do not look at each other's clocks.
  std::optional<std::uint32_t> staleness() const {
    auto const* const bounded = std::get_if<clock_rule::BoundedStaleness>(&clocks.rule);
    return bounded == nullptr ? std::nullopt : std::optional(bounded->staleness);
  }

  bool is_same(PlannedClocks const& other) const {
    return clocks.rule == other.clocks.rule && clocks.gradients == other.clocks.gradients &&
           plan.warm_up == other.plan.warm_up && plan.updates == other.plan.updates &&
           head_start == other.head_start && stragglers == other.stragglers && replay == other.replay &&
           (residuals == nullptr) == (other.residuals == nullptr);
  }
};

/// Observables whose runtimes are the same: one sum serves them all.
struct PlannedKind {
  std::vector<ObservedGroup> groups;  ///< one where workers are alike
  std::uint64_t rank;                 ///< that is waited for; 0 for sums and clocks
  std::uint32_t steps;                ///< delays that are added; 0 for other forms
  int quantum_exponent;
  bool histogram;                             ///< true where one is kept
  float histogram_origin;                     ///< that of the Observable
  float deadline = 0;                         ///< up to which others are waited for, see Deadlined
  std::optional<Copied> copies = {};          ///< nothing for forms in which nothing is drawn once more
  std::optional<PlannedClocks> clocks = {};   ///< nothing for forms that follow no clocks
  std::vector<std::size_t> observables = {};  ///< their numbers in the batch
  std::size_t number = 0;                     ///< number of the kind, counted through all fleets

  bool is_same(PlannedKind const& other) const {
    bool const same_clocks = clocks ? other.clocks && clocks->is_same(*other.clocks) : !other.clocks;
    return rank == other.rank && steps == other.steps && same_clocks && deadline == other.deadline &&
           copies == other.copies && quantum_exponent == other.quantum_exponent &&
           histogram == other.histogram && histogram_origin == other.histogram_origin && has_delays_of(other);
  }

  /// True where both kinds have the same delays, at one number of workers.
  bool has_delays_of(PlannedKind const& other) const {
    return std::equal(groups.begin(), groups.end(), other.groups.begin(), other.groups.end(), same_group);
  }

  /// True where all workers share a law.
  bool has_equal_workers() const { return groups.size() == 1; }

  /// The law of all workers. @pre has_equal_workers()
  LawSampler const& law() const {
    DSGD_EXPECTS(has_equal_workers());
    return groups.front().law;
  }

 private:
  static bool same_group(ObservedGroup const& a, ObservedGroup const& b) {
    return a.end == b.end && a.offset == b.offset && a.offset_ticks == b.offset_ticks &&
           same_law(a.law, b.law);
  }
};

/// All kinds of runtimes at one number of workers.
struct PlannedFleet {
  std::uint64_t workers;
  std::vector<PlannedKind> kinds = {};

  bool is_extreme(PlannedKind const& kind) const { return kind.rank == 1 || kind.rank == workers; }

  bool has_extremes() const {
    return std::any_of(kinds.begin(), kinds.end(),
                       [this](PlannedKind const& kind) { return is_extreme(kind); });
  }

  /// The ranks of all kinds, ascending, each once.
  std::vector<std::uint64_t> ranks() const {
    std::vector<std::uint64_t> all;
    all.reserve(kinds.size());
    for (PlannedKind const& kind : kinds) all.push_back(kind.rank);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }
};

/// True where a fleet has workers that are not alike.
inline bool has_unequal_workers(std::vector<PlannedFleet> const& fleets) {
  return std::any_of(fleets.begin(), fleets.end(), [](PlannedFleet const& fleet) {
    return std::any_of(fleet.kinds.begin(), fleet.kinds.end(),
                       [](PlannedKind const& kind) { return !kind.has_equal_workers(); });
  });
}

/// Order statistics that one pass over the words finds: several near an end, or one.
struct PlannedSelection {
  Extreme end;                        ///< end from which places are counted
  std::vector<std::uint32_t> places;  ///< ascending

  /// The rank of a place. @param number  index in `places`
  std::uint64_t rank(std::size_t number, std::uint64_t workers) const {
    return end == Extreme::fastest ? places[number] : workers - places[number] + 1;
  }
};

/// Plans the selections of all ranks of a fleet but the extremes.
inline std::vector<PlannedSelection> plan_selections(PlannedFleet const& fleet) {
  std::vector<PlannedSelection> selections;
  PlannedSelection near_slowest{Extreme::slowest, {}}, near_fastest{Extreme::fastest, {}};
  for (std::uint64_t const rank : fleet.ranks()) {
    if (rank == 1 || rank == fleet.workers) continue;
    std::uint64_t const from_slowest = fleet.workers - rank + 1;
    auto const place = static_cast<std::uint32_t>(std::min(from_slowest, rank));
    Extreme const end = from_slowest <= rank ? Extreme::slowest : Extreme::fastest;
    if (place > most_words)
      selections.push_back({end, {place}});
    else
      (end == Extreme::slowest ? near_slowest : near_fastest).places.push_back(place);
  }
  std::reverse(near_slowest.places.begin(), near_slowest.places.end());
  for (PlannedSelection const& near : {near_slowest, near_fastest})
    if (!near.places.empty()) selections.push_back(near);
  return selections;
}

/// The kind of an observable's runtimes. @throws Error usage for what the kernels do not serve
inline PlannedKind planned_kind(Observable const& observable) {
  PlannedKind kind{observable.groups,          0, 0, observable.quantum_exponent, observable.histogram,
                   observable.histogram_origin};
  if (auto const* const drawn = std::get_if<OrderStatistic>(&observable.runtime)) kind.rank = drawn->rank;
  if (auto const* const sampled = std::get_if<SampledOrderStatistic>(&observable.runtime))
    kind.rank = sampled->rank;
  if (auto const* const until = std::get_if<Deadlined>(&observable.runtime)) {
    kind.rank = until->rank;
    kind.deadline = static_cast<float>(until->deadline);
  }
  if (auto const* const copied = std::get_if<Copied>(&observable.runtime)) {
    kind.rank = copied->rank;
    kind.copies = *copied;
  }
  if (auto const* const sum = std::get_if<SlowestSum>(&observable.runtime)) kind.steps = sum->steps;
  if (std::string const reason = fused_refusal(observable); !reason.empty())
    throw Error(ExitCode::usage, "--engine cuda cannot run this", reason, "use --engine cpu");
  if (auto const* const clocks = std::get_if<Clocks>(&observable.runtime))
    kind.clocks = {*clocks,
                   observable.plan,
                   head_start_ticks(observable),
                   observable.plan.under_way ? &residuals(observable) : nullptr,
                   observable.stragglers,
                   observable.replay};
  return kind;
}

/// Gathers observables by their number of workers and their kind of runtimes.
/// @param observables  of one form of runtime, ascending in workers
/// @throws Error usage for what the kernels do not serve
inline std::vector<PlannedFleet> plan_fleets(std::span<Observable const> observables) {
  std::vector<PlannedFleet> fleets;
  for (std::size_t i = 0; i < observables.size(); ++i) {
    PlannedKind const wanted = planned_kind(observables[i]);
    if (fleets.empty() || fleets.back().workers != observables[i].workers())
      fleets.push_back({observables[i].workers()});
    std::vector<PlannedKind>& kinds = fleets.back().kinds;
    auto kind = std::find_if(kinds.begin(), kinds.end(),
                             [&](PlannedKind const& other) { return other.is_same(wanted); });
    if (kind == kinds.end()) kind = kinds.insert(kind, wanted);
    kind->observables.push_back(i);
  }
  std::size_t number = 0;
  for (PlannedFleet& fleet : fleets)
    for (PlannedKind& kind : fleet.kinds) kind.number = number++;
  return fleets;
}

/// Size of a launch over iterations.
struct LaunchShape {
  unsigned blocks;   ///< of threads; all of them together go over the iterations
  unsigned threads;  ///< per block
};

/// Blocks of threads that a launch should have where it can: 8 fit into a multiprocessor at a time, and 16
/// times as many even out the end.
constexpr std::uint64_t wanted_blocks(unsigned multiprocessors) {
  return std::uint64_t{16} * 8 * multiprocessors;
}

/// The shape of a launch over iterations.
/// @param iterations    of the launch, >= 1
/// @param most_threads  per block, a multiple of 32
constexpr LaunchShape launch_shape(std::uint64_t iterations, unsigned iterations_per_thread,
                                   unsigned most_threads, unsigned multiprocessors) {
  std::uint64_t const useful_threads = (iterations + iterations_per_thread - 1) / iterations_per_thread;
  auto const threads =
      static_cast<unsigned>(std::min<std::uint64_t>(most_threads, (useful_threads + 31) / 32 * 32));
  std::uint64_t const turns = (useful_threads + threads - 1) / threads;
  return {static_cast<unsigned>(std::min(turns, wanted_blocks(multiprocessors))), threads};
}

/// Into how many slices the workers go, where the iterations alone are too few for the device.
/// @param workers  number of those that are taken
/// @return         1 where threads over iterations are enough, or the workers are too few to be split
constexpr unsigned slice_count(std::uint32_t workers, LaunchShape shape, unsigned multiprocessors) {
  constexpr std::uint32_t least_workers = 256;  // 64 turns of a slice's loop hide the atomics at its end
  constexpr std::uint64_t most_slices = 65535;  // gridDim.y
  return static_cast<unsigned>(
      std::clamp<std::uint64_t>(wanted_blocks(multiprocessors) / shape.blocks, 1,
                                std::min<std::uint64_t>(std::max(workers / least_workers, 1u), most_slices)));
}

/// Workers of a slice. They are whole blocks of four draws where the first worker begins a block.
/// @param most_slices  >= 1
constexpr std::uint32_t slice_workers(std::uint32_t workers, unsigned most_slices) {
  return ((workers + most_slices - 1) / most_slices + 3) / 4 * 4;
}

}  // namespace dsgd::kernels
