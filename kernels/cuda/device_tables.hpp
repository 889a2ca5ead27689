#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace dsgd::kernels {

/// Copies, in the memory of a device, of the tables that laws read. A table is copied once, and again where
/// the same place on the host holds another one.
/// @tparam Buffer  owns memory of the device, with data()
template <class Buffer>
class DeviceTables {
 public:
  /// The law as kernels on the queue evaluate it. It is good until another table at the same place on the
  /// host is copied.
  /// @param queue  has allocate(bytes) and upload(to, from, bytes), as FusedPipeline wants them
  template <class Queue, class Sampler>
  Sampler on_device(Queue const& queue, Sampler const& law) {
    if constexpr (requires { law.table(); }) {
      auto const table = law.table();
      std::byte const* const copy = copy_of(queue, std::as_bytes(table));
      return law.with_table(reinterpret_cast<decltype(table.data())>(copy));
    } else {
      return law;
    }
  }

 private:
  struct Copy {
    std::byte const* place;  ///< where the table is on the host
    std::vector<std::byte> bytes;
    Buffer memory;
  };

  template <class Queue>
  std::byte const* copy_of(Queue const& queue, std::span<std::byte const> table) {
    auto const known = std::find_if(copies_.begin(), copies_.end(),
                                    [&](Copy const& copy) { return copy.place == table.data(); });
    if (known != copies_.end()) {
      if (std::equal(table.begin(), table.end(), known->bytes.begin(), known->bytes.end()))
        return known->memory.data();
      copies_.erase(known);
    }
    Buffer memory = queue.allocate(table.size());
    queue.upload(memory.data(), table.data(), table.size());
    copies_.push_back({table.data(), {table.begin(), table.end()}, std::move(memory)});
    return copies_.back().memory.data();
  }

  std::vector<Copy> copies_;
};

}  // namespace dsgd::kernels
