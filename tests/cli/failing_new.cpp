// To be preloaded: lets operator new of any program fail. FAILING_NEW=N fails the N-th call, and
// FAILING_NEW=N+ all from the N-th on; the number of calls goes to the file that FAILING_NEW_CALLS names when
// the program ends.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> calls{0};

struct Failing {
  long first = 0;  ///< call that fails; 0: none
  bool all = false;

  static Failing from_environment() {
    char const* const text = std::getenv("FAILING_NEW");
    if (text == nullptr) return {};
    char* end = nullptr;
    long const first = std::strtol(text, &end, 10);
    return {first, *end == '+'};
  }
};

bool fails() {
  static Failing const failing = Failing::from_environment();
  long const call = ++calls;
  return failing.first != 0 && (failing.all ? call >= failing.first : call == failing.first);
}

void* allocate(std::size_t size, std::size_t alignment) {
  if (fails()) return nullptr;
  if (alignment <= alignof(std::max_align_t)) return std::malloc(std::max<std::size_t>(size, 1));
  return std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

void* allocate_or_throw(std::size_t size, std::size_t alignment) {
  void* const memory = allocate(size, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

[[gnu::destructor]] void write_calls() {
  char const* const path = std::getenv("FAILING_NEW_CALLS");
  if (path == nullptr) return;
  int const file = ::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return;
  ::dprintf(file, "%ld\n", calls.load());
  ::close(file);
}

std::size_t of(std::align_val_t alignment) { return static_cast<std::size_t>(alignment); }

}  // namespace

void* operator new(std::size_t size) { return allocate_or_throw(size, 1); }
void* operator new[](std::size_t size) { return allocate_or_throw(size, 1); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, of(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, of(alignment));
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept { return allocate(size, 1); }
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept { return allocate(size, 1); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
