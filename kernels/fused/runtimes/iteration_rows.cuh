#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "kernels/cuda/out_of_memory.hpp"
#include "kernels/fused/iterations.cuh"

namespace dsgd::kernels {

/// Device memory for what kernels leave for each iteration of a chunk.
template <class Queue>
class IterationRows {
 public:
  /// Reserves rows for chunks of as many of the iterations as memory allows. Where it is refused, half is
  /// tried.
  /// @param granule  chunks are a multiple of it; with 32, rows of words begin on whole cache lines
  /// @throws OutOfDeviceMemory
  void reserve(Queue const& queue, std::uint64_t bytes_per_iteration, std::uint64_t iterations,
               std::uint64_t granule = 32) {
    if (allowed_bytes_ == 0) allowed_bytes_ = std::max(queue.words_bytes(), Queue::min_words_bytes);
    for (;;) {
      std::uint64_t const affordable =
          std::max<std::uint64_t>(allowed_bytes_ / (granule * bytes_per_iteration), 1);
      std::uint64_t const useful = (iterations + granule - 1) / granule;
      std::uint64_t const length = granule * std::min(affordable, useful);
      if (memory_ && bytes_per_iteration_ == bytes_per_iteration && length_ >= length) return;
      memory_.reset();
      try {
        memory_.emplace(queue.allocate(bytes_per_iteration * length));
        bytes_per_iteration_ = bytes_per_iteration;
        length_ = length;
        return;
      } catch (OutOfDeviceMemory const&) {
        if (allowed_bytes_ <= Queue::min_words_bytes) throw;
        allowed_bytes_ = std::max(allowed_bytes_ / 2, Queue::min_words_bytes);
      }
    }
  }

  std::byte* data() const { return memory_->data(); }
  std::uint64_t length() const { return length_; }  ///< iterations of a row

  /// The memory as rows of some type.
  template <class Value>
  Value* values() const {
    return reinterpret_cast<Value*>(memory_->data());
  }

  /// A pair of rows, where the memory is taken for pairs of rows one after the other.
  WordRow extremes(std::size_t pair) const {
    auto* const smallest = values<std::uint32_t>() + 2 * pair * length_;
    return {smallest, smallest + length_};
  }

 private:
  std::uint64_t allowed_bytes_ = 0;  ///< 0 until the queue is asked
  std::optional<typename Queue::Buffer> memory_;
  std::uint64_t bytes_per_iteration_ = 0, length_ = 0;
};

}  // namespace dsgd::kernels
