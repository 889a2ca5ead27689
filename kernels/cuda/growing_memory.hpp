#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace dsgd::kernels {

/// Device memory that grows where more is wanted.
/// @tparam Queue  as RuntimeLauncher wants it
template <class Queue>
class GrowingMemory {
 public:
  /// Makes room for some bytes. What was in the memory is lost where it grows. @throws OutOfDeviceMemory
  void reserve(Queue const& queue, std::uint64_t bytes) {
    if (buffer_ && bytes_ >= bytes) return;
    buffer_.reset();
    buffer_.emplace(queue.allocate(bytes));
    bytes_ = bytes;
  }

  std::byte* data() const { return buffer_->data(); }

 private:
  std::optional<typename Queue::Buffer> buffer_;
  std::uint64_t bytes_ = 0;
};

}  // namespace dsgd::kernels
