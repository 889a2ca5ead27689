#pragma once

#include <cstddef>
#include <vector>

#include "kernels/cuda/growing_memory.hpp"
#include "kernels/fused/plan.hpp"

namespace dsgd::kernels {

/// What kernels read of the groups of every kind of runtimes, in device memory.
/// @tparam Queue  as RuntimeLauncher wants it
/// @tparam Value  of one group; its bytes are as good on a device
template <class Queue, class Value>
class GroupArray {
 public:
  /// Makes room for the groups of all kinds. What was in the memory is lost. @throws OutOfDeviceMemory
  void reserve(Queue const& queue, std::vector<PlannedFleet> const& fleets) {
    first_.assign(fleets.back().kinds.back().number + 1, 0);
    std::size_t groups = 0;
    for (PlannedFleet const& fleet : fleets)
      for (PlannedKind const& kind : fleet.kinds) {
        first_[kind.number] = groups;
        groups += kind.groups.size();
      }
    memory_.reserve(queue, groups * sizeof(Value));
  }

  /// Brings the values of a kind's groups to the device. @param values  one for each group
  void bring(Queue const& queue, PlannedKind const& kind, std::vector<Value> const& values) {
    queue.upload(of(kind), values.data(), values.size() * sizeof(Value));
  }

  /// The values of a kind's groups. @pre room was made for the kind
  Value* of(PlannedKind const& kind) const {
    return reinterpret_cast<Value*>(memory_.data()) + first_[kind.number];
  }

 private:
  GrowingMemory<Queue> memory_;
  std::vector<std::size_t> first_;  ///< group of a kind, among the groups of all
};

}  // namespace dsgd::kernels
