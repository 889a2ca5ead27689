#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/error.hpp"
#include "dsgd/law/same_law.hpp"
#include "dsgd/observable.hpp"
#include "kernels/materialized/extremes.hpp"

namespace dsgd::kernels {

/// Observables of the same delays: one materialization serves them all.
struct ObservableGroup {
  struct Member {
    std::size_t index;  ///< in the batch
    RuntimeTicks ticks;
  };

  LawSampler law;
  std::uint32_t workers;
  std::vector<Member> members;
};

/// The runtime of an observable as an extreme.
/// @throws Error usage for a runtime that is neither the largest nor the smallest delay
inline RuntimeTicks runtime_ticks(Observable const& observable) {
  if (rank(observable) == observable.workers()) return {Extreme::slowest, observable.quantum_exponent};
  if (rank(observable) == 1) return {Extreme::fastest, observable.quantum_exponent};
  throw Error(ExitCode::usage,
              "--engine: this engine serves only strategies that wait for all workers or for the first",
              "it reduces to maxima and minima", "use --engine cpu");
}

/// Groups the observables of a batch by their delays. @throws Error usage as runtime_ticks() does
inline std::vector<ObservableGroup> group_observables(std::span<Observable const> observables) {
  std::vector<ObservableGroup> groups;
  for (std::size_t i = 0; i < observables.size(); ++i) {
    Observable const& observable = observables[i];
    auto group = groups.begin();
    while (group != groups.end() &&
           !(group->workers == observable.workers() && same_law(group->law, observable.law())))
      ++group;
    if (group == groups.end())
      group = groups.insert(group, {observable.law(), static_cast<std::uint32_t>(observable.workers()), {}});
    group->members.push_back({i, runtime_ticks(observable)});
  }
  return groups;
}

}  // namespace dsgd::kernels
