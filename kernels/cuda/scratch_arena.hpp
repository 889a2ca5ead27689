#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/cuda/out_of_memory.hpp"

namespace dsgd::kernels {

/// Hands out pieces of one block of memory for the temporary storage of one Thrust call at a time, so that
/// the call allocates nothing: the storage is counted in the chunk, and no hidden cudaMalloc stops the other
/// stream. It is an allocator in Thrust's sense.
class ScratchArena {
 public:
  using value_type = char;

  /// @param memory  256-byte aligned, `bytes` long; not owned
  ScratchArena(std::byte* memory, std::uint64_t bytes) : memory_(memory), bytes_(bytes) {}

  /// @return `count` bytes, 256-byte aligned
  /// @throws OutOfDeviceMemory where the block is used up
  char* allocate(std::ptrdiff_t count) {
    std::uint64_t const wanted = (static_cast<std::uint64_t>(count) + 255) / 256 * 256;
    if (wanted > bytes_ - used_) throw OutOfDeviceMemory(wanted);
    char* const piece = reinterpret_cast<char*>(memory_ + used_);
    used_ += wanted;
    ++pieces_;
    return piece;
  }

  /// Gives a piece back. The block is free again once all pieces were given back.
  void deallocate(char*, std::size_t) {
    if (--pieces_ == 0) used_ = 0;
  }

 private:
  std::byte* memory_;
  std::uint64_t bytes_;
  std::uint64_t used_ = 0;
  std::uint64_t pieces_ = 0;
};

}  // namespace dsgd::kernels
