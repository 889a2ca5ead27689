/// The memory of devices: what is allocated, what was written, and who used it. Each device has addresses of its own, and
/// none is given out twice: what was freed is not taken for something else.
#pragma once

#include <cstring>

#include "runtime/block.hpp"
#include "runtime/history.hpp"
#include "runtime/types.hpp"

namespace emulated_gpu {

inline constexpr int most_devices = 4;

struct Allocation {
  u64 begin = 0, end = 0;  ///< offsets within a device
  bool is_freed = false;
};

/// Host addresses are device addresses: what is at an address lies there.
class DeviceMemory {
 public:
  static constexpr u64 address_bytes = u64{1} << 35;
  static constexpr u64 page_bytes = 4096;

  DeviceMemory();

  /// @return null where less than that is free
  void* allocate(u64 bytes);
  void free(void* address);
  u64 used_bytes() const { return used_bytes_; }

  bool holds(void const* address) const { return offset(address) < address_bytes; }
  u64 offset(void const* address) const {
    return reinterpret_cast<u64>(address) - reinterpret_cast<u64>(base_);
  }

  /// The allocation that holds all of [offset, offset + bytes), or null.
  Allocation const* find(u64 offset, u64 bytes) const;

  u8* base() const { return base_; }
  u8* written() const { return written_; }  ///< whether each byte was
  Word* words() const { return words_; }

  /// The host, or a copy, uses memory. Fails where it lies in no allocation, is read before it was written, or is used by
  /// an operation of another stream that nobody waited for.
  void use(void const* address, u64 bytes, Use use, u32 operation);

 private:
  u8* base_;
  u8* written_;
  Word* words_;
  u32* allocation_of_page_;  // its number plus 1
  std::vector<Allocation> allocations_;
  u64 next_ = page_bytes;
  u64 used_bytes_ = 0;
};

/// Memory of a device, made when it is first asked for.
DeviceMemory& device_memory(int device);

/// The device whose memory an address lies in, or -1 for the host's.
int device_of(void const* address);

enum class Space : u8 { global, shared, local, generic };

/// Host addresses for a thread's accesses, after all checks.
u8* global_place(Thread& t, u64 address, u32 bytes, Use use, u32 line);
u8* shared_place(Thread& t, u64 offset, u32 bytes, Use use, u32 line);
u8* local_place(Thread& t, u64 offset, u32 bytes, Use use, u32 line);
u8* generic_place(Thread& t, u64 address, u32 bytes, Use use, u32 line);

void expect_aligned(Thread& t, u64 address, u32 bytes, u32 line);

u64 generic_address(Thread& t, Space space, u64 address);
u64 specific_address(Thread& t, Space space, u64 address, u32 line);

template <class V, Space space, Use use>
[[gnu::noinline]] V* place(Thread& t, u64 address, u32 line) {
  expect_aligned(t, address, sizeof(V), line);
  u8* at;
  if constexpr (space == Space::global)
    at = global_place(t, address, sizeof(V), use, line);
  else if constexpr (space == Space::shared)
    at = shared_place(t, address, sizeof(V), use, line);
  else if constexpr (space == Space::local)
    at = local_place(t, address, sizeof(V), use, line);
  else
    at = generic_place(t, address, sizeof(V), use, line);
  return reinterpret_cast<V*>(at);
}

template <class V>
V parameter(Thread& t, u64 offset, u32 line) {
  if (offset % sizeof(V) || offset + sizeof(V) > t.block->kernel->parameter_bytes)
    fail(t, line, "reads beyond its parameters");
  V value;
  std::memcpy(&value, t.block->parameters + offset, sizeof value);
  return value;
}

}  // namespace emulated_gpu
