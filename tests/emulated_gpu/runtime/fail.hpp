/// What is undefined on a device ends the program: with one line on stderr and status 99.
#pragma once

#include <string>

#include "runtime/types.hpp"

namespace emulated_gpu {

struct Thread;

inline constexpr int failure_status = 99;

/// @param line  of the kernel's PTX
[[noreturn]] void fail(Thread const& t, u32 line, std::string const& what);

/// For what the host did.
[[noreturn]] void fail(std::string const& what);

std::string hexadecimal(u64 value);

}  // namespace emulated_gpu
