/// Measured times in the memory of a device.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "dsgd/law/replay.hpp"
#include "kernels/fused/plan.hpp"

namespace dsgd::kernels {

/// Tables of measured steps that kinds of runtimes follow: each is there once, from the first launch that reads it to the next
/// that does not.
/// @tparam Queue  as RuntimeLauncher wants it
template <class Queue>
class ReplayedTimes {
 public:
  /// Brings the tables of all kinds to the device. @throws OutOfDeviceMemory
  void bring(Queue const& queue, std::vector<PlannedFleet> const& fleets) {
    std::vector<std::shared_ptr<Replay const>> wanted;
    for (PlannedFleet const& fleet : fleets)
      for (PlannedKind const& kind : fleet.kinds)
        if (kind.clocks->replay) wanted.push_back(kind.clocks->replay);
    std::erase_if(copies_, [&](Copy const& copy) {
      return std::find(wanted.begin(), wanted.end(), copy.replay) == wanted.end();
    });
    for (std::shared_ptr<Replay const> const& replay : wanted) {
      if (find(*replay) != copies_.end()) continue;
      std::vector<float> const excesses = excesses_of(*replay);
      std::size_t const bytes = excesses.size() * sizeof(float);
      Copy copy{replay, queue.allocate(bytes)};
      queue.upload(copy.memory.data(), excesses.data(), bytes);
      copies_.push_back(std::move(copy));
    }
  }

  /// Excesses of a table's times, time units, shape [steps][workers]. @pre it was brought
  float const* of(Replay const& replay) const {
    auto const found = find(replay);
    DSGD_EXPECTS(found != copies_.end());
    return reinterpret_cast<float const*>(found->memory.data());
  }

 private:
  struct Copy {
    std::shared_ptr<Replay const> replay;  ///< kept, so that no other table comes to its place
    typename Queue::Buffer memory;
  };

  auto find(Replay const& replay) const {
    return std::find_if(copies_.begin(), copies_.end(),
                        [&](Copy const& copy) { return copy.replay.get() == &replay; });
  }

  static std::vector<float> excesses_of(Replay const& replay) {
    std::vector<float> excesses;
    excesses.reserve(replay.workers() * replay.steps());
    for (std::uint32_t step = 0; step < replay.steps(); ++step)
      for (std::size_t worker = 0; worker < replay.workers(); ++worker)
        excesses.push_back(replay.excess(worker, step));
    return excesses;
  }

  std::vector<Copy> copies_;
};

}  // namespace dsgd::kernels
