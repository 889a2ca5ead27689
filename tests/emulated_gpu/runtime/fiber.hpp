/// Fibers: a function on a stack of its own, which can be left in the middle and entered again.
#pragma once

#include "runtime/types.hpp"

namespace emulated_gpu {

/// The stack pointer of a fiber that will begin with `entry`, which must not return.
/// @param number  of its stack: that of an ended fiber may be taken again
void* prepare_fiber(u32 number, void (*entry)());

}  // namespace emulated_gpu

/// Leaves this fiber, whose stack pointer is kept in *from, for another. The x86-64 calling convention: what a
/// function has to keep lies on the stack. ucontext's functions do the same with two system calls each.
extern "C" void emulated_gpu_switch(void** from, void* to);
