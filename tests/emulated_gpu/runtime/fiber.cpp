#include "runtime/fiber.hpp"

#include <sys/mman.h>

#include <vector>

#include "runtime/fail.hpp"

asm(R"(
.text
.globl emulated_gpu_switch
.type emulated_gpu_switch, @function
emulated_gpu_switch:
  push %rbp
  push %rbx
  push %r12
  push %r13
  push %r14
  push %r15
  mov %rsp, (%rdi)
  mov %rsi, %rsp
  pop %r15
  pop %r14
  pop %r13
  pop %r12
  pop %rbx
  pop %rbp
  ret
.size emulated_gpu_switch, .-emulated_gpu_switch
)");

namespace emulated_gpu {
namespace {

constexpr std::size_t stack_bytes = std::size_t{128} << 10;
constexpr int kept_registers = 6;

/// Pages that are not used take no memory.
u8* new_stack() {
  void* const stack =
      mmap(nullptr, stack_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (stack == MAP_FAILED) fail("no memory for the stacks of threads");
  return static_cast<u8*>(stack);
}

}  // namespace

void* prepare_fiber(u32 number, void (*entry)()) {
  static std::vector<u8*> stacks;
  while (stacks.size() <= number) stacks.push_back(new_stack());
  auto** top = reinterpret_cast<void**>(stacks[number] + stack_bytes - 64);
  *--top = nullptr;  // where the entry's caller would be: the stack is aligned as after a call
  *--top = reinterpret_cast<void*>(entry);
  for (int i = 0; i < kept_registers; ++i) *--top = nullptr;
  return top;
}

}  // namespace emulated_gpu
