#include "runtime/memory.hpp"

#include <algorithm>
#include <memory>

#include <sys/mman.h>

#include "runtime/settings.hpp"
#include "runtime/stream.hpp"

namespace emulated_gpu {
namespace {

/// Zeros. Pages that are not used take no memory.
template <class T>
T* reserve(u64 count) {
  void* const place = mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (place == MAP_FAILED)
    fail("no addresses for the memory of a device (does the system allow to overcommit?)");
  return static_cast<T*>(place);
}

/// Gives whole pages back.
void forget(void* from, u64 bytes) {
  u64 const begin =
      (reinterpret_cast<u64>(from) + DeviceMemory::page_bytes - 1) & ~(DeviceMemory::page_bytes - 1);
  u64 const end = (reinterpret_cast<u64>(from) + bytes) & ~(DeviceMemory::page_bytes - 1);
  if (end > begin) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

std::string bytes_at(u64 address) { return "the byte at " + hexadecimal(address); }

}  // namespace

DeviceMemory::DeviceMemory()
    : base_(reserve<u8>(address_bytes)),
      written_(reserve<u8>(address_bytes)),
      words_(reserve<Word>(address_bytes / 4)),
      allocation_of_page_(reserve<u32>(address_bytes / page_bytes)) {}

/// A page between two allocations belongs to neither.
void* DeviceMemory::allocate(u64 bytes) {
  if (bytes > settings().memory_bytes - used_bytes_) return nullptr;
  u64 const begin = next_, pages = (bytes + page_bytes - 1) / page_bytes;
  next_ += (pages + 1) * page_bytes;
  if (next_ > address_bytes) fail("the addresses of a device are used up (none is given out twice)");
  allocations_.push_back({begin, begin + bytes});
  std::fill_n(allocation_of_page_ + begin / page_bytes, pages, static_cast<u32>(allocations_.size()));
  used_bytes_ += bytes;
  return base_ + begin;
}

void DeviceMemory::free(void* address) {
  Allocation const* const found = find(offset(address), 1);
  if (!found || found->begin != offset(address))
    fail("cudaFree of what is not allocated: " + hexadecimal(reinterpret_cast<u64>(address)));
  Allocation& freed = allocations_[static_cast<std::size_t>(found - allocations_.data())];
  u64 const bytes = freed.end - freed.begin;
  freed.is_freed = true;
  used_bytes_ -= bytes;
  forget(base_ + freed.begin, bytes);
  forget(written_ + freed.begin, bytes);
  forget(words_ + freed.begin / 4, bytes / 4 * sizeof(Word));
}

Allocation const* DeviceMemory::find(u64 offset, u64 bytes) const {
  if (offset >= address_bytes) return nullptr;
  u32 const number = allocation_of_page_[offset / page_bytes];
  if (number == 0) return nullptr;
  Allocation const& found = allocations_[number - 1];
  return !found.is_freed && offset >= found.begin && bytes <= found.end - offset && offset < found.end
             ? &found
             : nullptr;
}

void DeviceMemory::use(void const* address, u64 bytes, Use use, u32 operation) {
  u64 const from = offset(address);
  if (!find(from, bytes))
    fail("a copy of " + std::to_string(bytes) + " bytes at " + hexadecimal(reinterpret_cast<u64>(address)) +
         " leaves its allocation");
  if (reads(use)) {
    u8 const* const end = written_ + from + bytes;
    if (u8 const* const gap = std::find(static_cast<u8 const*>(written_) + from, end, 0); gap != end)
      fail("a copy reads what was never written: byte " + std::to_string(gap - written_ - from) + " of " +
           std::to_string(bytes));
  }
  if (writes(use)) std::memset(written_ + from, 1, bytes);
  if (!settings().races) return;
  for (u64 i = from / 4; i < (from + bytes + 3) / 4; ++i) {
    Word& word = words_[i];
    if (u32 const earlier = unordered(word, use, operation))
      fail("a copy uses " + bytes_at(reinterpret_cast<u64>(base_) + i * 4) +
           ", which was used by operation " + std::to_string(earlier) +
           " of another stream, and nobody waited for it");
    word.begin(operation);
    if (writes(use)) word.writer = operation;
  }
}

DeviceMemory& device_memory(int device) {
  static std::unique_ptr<DeviceMemory> memories[most_devices];
  auto& memory = memories[device];
  if (!memory) memory = std::make_unique<DeviceMemory>();
  return *memory;
}

int device_of(void const* address) {
  for (int device = 0; device < settings().devices; ++device)
    if (device_memory(device).holds(address)) return device;
  return -1;
}

u8* global_place(Thread& t, u64 address, u32 bytes, Use use, u32 line) {
  DeviceMemory const& memory = device_memory(t.block->device);
  u64 const offset = address - reinterpret_cast<u64>(memory.base());
  if (!memory.find(offset, bytes)) fail(t, line, bytes_at(address) + " lies in no allocation of the device");
  u8* const written = memory.written() + offset;
  for (u32 i = 0; reads(use) && i < bytes; ++i)
    if (!written[i]) fail(t, line, bytes_at(address + i) + " is read, but was never written");
  if (settings().races) {
    Moment const now{t.block->number, t.number, t.phase, t.warp_phase};
    for (u64 i = offset / 4; i <= (offset + bytes - 1) / 4; ++i) {
      Word& word = memory.words()[i];
      if (word.operation != t.block->operation) {
        if (u32 const earlier = unordered(word, use, t.block->operation))
          fail(t, line,
               bytes_at(address) + " was used by operation " + std::to_string(earlier) +
                   " of another stream, and nobody waited for it");
        word.begin(t.block->operation);
      }
      if (writes(use)) word.writer = t.block->operation;
      if (char const* const race = word.race(use, now))
        fail(t, line, std::string("race in device memory: ") + race + " at " + hexadecimal(address));
    }
  }
  if (writes(use)) std::memset(written, 1, bytes);
  return memory.base() + offset;
}

u8* shared_place(Thread& t, u64 offset, u32 bytes, Use use, u32 line) {
  Block& block = *t.block;
  if (offset >= block.shared_bytes || bytes > block.shared_bytes - offset)
    fail(t, line,
         "shared memory has " + std::to_string(block.shared_bytes) + " bytes, not one at " +
             hexadecimal(offset));
  u8* const written = block.shared_written + offset;
  for (u32 i = 0; reads(use) && i < bytes; ++i)
    if (!written[i])
      fail(t, line, "shared memory is read at " + hexadecimal(offset + i) + ", but was never written");
  if (settings().races) {
    Moment const now{block.number, t.number, t.phase, t.warp_phase};
    for (u64 i = offset / 4; i <= (offset + bytes - 1) / 4; ++i)
      if (char const* const race = block.shared_words[i].race(use, now))
        fail(t, line, std::string("race in shared memory: ") + race + " at " + hexadecimal(offset));
  }
  if (writes(use)) std::memset(written, 1, bytes);
  return block.shared + offset;
}

u8* local_place(Thread& t, u64 offset, u32 bytes, Use use, u32 line) {
  u32 const size = t.block->kernel->local_bytes;
  if (offset >= size || bytes > size - offset)
    fail(t, line, "local memory has " + std::to_string(size) + " bytes, not one at " + hexadecimal(offset));
  u8* const written = t.local_written + offset;
  for (u32 i = 0; reads(use) && i < bytes; ++i)
    if (!written[i])
      fail(t, line, "local memory is read at " + hexadecimal(offset + i) + ", but was never written");
  if (writes(use)) std::memset(written, 1, bytes);
  return t.local + offset;
}

/// Shared and local memory lie on the host where their generic addresses say.
u8* generic_place(Thread& t, u64 address, u32 bytes, Use use, u32 line) {
  u64 const in_shared = address - reinterpret_cast<u64>(t.block->shared);
  if (in_shared < t.block->shared_bytes) return shared_place(t, in_shared, bytes, use, line);
  u64 const in_local = address - reinterpret_cast<u64>(t.local);
  if (in_local < t.block->kernel->local_bytes) return local_place(t, in_local, bytes, use, line);
  return global_place(t, address, bytes, use, line);
}

void expect_aligned(Thread& t, u64 address, u32 bytes, u32 line) {
  if (address % bytes)
    fail(t, line,
         "address " + hexadecimal(address) + " is not aligned to " + std::to_string(bytes) + " bytes");
}

u64 generic_address(Thread& t, Space space, u64 address) {
  if (space == Space::shared) return reinterpret_cast<u64>(t.block->shared) + address;
  return space == Space::local ? reinterpret_cast<u64>(t.local) + address : address;
}

u64 specific_address(Thread& t, Space space, u64 address, u32 line) {
  u64 const in_shared = address - reinterpret_cast<u64>(t.block->shared),
            in_local = address - reinterpret_cast<u64>(t.local);
  bool const is_shared = in_shared < t.block->shared_bytes,
             is_local = in_local < t.block->kernel->local_bytes;
  if (space == Space::shared && is_shared) return in_shared;
  if (space == Space::local && is_local) return in_local;
  if (space != Space::global || is_shared || is_local)
    fail(t, line, "the generic address " + hexadecimal(address) + " is of another space");
  return address;
}

}  // namespace emulated_gpu
