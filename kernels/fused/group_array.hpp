#pragma once

#include <cstddef>
#include <vector>

#include "kernels/cuda/growing_memory.hpp"
#include "kernels/fused/plan.hpp"

namespace dsgd::kernels {

/// What kernels read of every kind of runtimes, in device memory: mostly a value for each of its groups.
/// @tparam Queue  as RuntimeLauncher wants it
/// @tparam Value  its bytes are as good on a device
template <class Queue, class Value>
class GroupArray {
 public:
  /// Makes room for the groups of all kinds. What was in the memory is lost. @throws OutOfDeviceMemory
  void reserve(Queue const& queue, std::vector<PlannedFleet> const& fleets) {
    reserve(queue, fleets, [](PlannedKind const& kind) { return kind.groups.size(); });
  }

  /// Makes room for other numbers of values. @param size  size(kind) is how many a kind has
  template <class Size>
  void reserve(Queue const& queue, std::vector<PlannedFleet> const& fleets, Size const& size) {
    first_.assign(fleets.back().kinds.back().number + 1, 0);
    std::size_t values = 0;
    for (PlannedFleet const& fleet : fleets)
      for (PlannedKind const& kind : fleet.kinds) {
        first_[kind.number] = values;
        values += size(kind);
      }
    if (values > 0) memory_.reserve(queue, values * sizeof(Value));
  }

  /// Brings a kind's values to the device. @param values  as many as there is room for
  void bring(Queue const& queue, PlannedKind const& kind, std::vector<Value> const& values) {
    queue.upload(of(kind), values.data(), values.size() * sizeof(Value));
  }

  /// A kind's values. @pre room was made for the kind
  Value* of(PlannedKind const& kind) const {
    return reinterpret_cast<Value*>(memory_.data()) + first_[kind.number];
  }

 private:
  GrowingMemory<Queue> memory_;
  std::vector<std::size_t> first_;  ///< value of a kind, among the values of all
};

}  // namespace dsgd::kernels
