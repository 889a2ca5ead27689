#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace dsgd {

/// Allocates whole cache lines: a vector that lies across two of them takes twice as long to load. Elements
/// are not initialised, as memory that nobody touches costs nothing.
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  static constexpr std::align_val_t alignment{64};

  CacheLineAllocator() = default;
  template <class U>
  CacheLineAllocator(CacheLineAllocator<U> const&) {}

  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), alignment)); }
  void deallocate(T* array, std::size_t) { ::operator delete(array, alignment); }

  template <class U>
  void construct(U* element) noexcept {
    ::new (static_cast<void*>(element)) U;
  }

  friend bool operator==(CacheLineAllocator const&, CacheLineAllocator const&) { return true; }
};

/// An array that begins at a cache line. Its numbers have no value before they are written.
template <class T>
using Buffer = std::vector<T, CacheLineAllocator<T>>;

}  // namespace dsgd
