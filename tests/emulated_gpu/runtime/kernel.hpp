/// A translated kernel, and the table of all of them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "runtime/types.hpp"

namespace emulated_gpu {

struct Thread;

struct Parameter {
  u32 offset, bytes;
};

struct Kernel {
  char const* name;    ///< as the linker knows it
  char const* source;  ///< what the PTX was translated as
  void (*run)(Thread&);
  std::vector<Parameter> parameters;
  u32 parameter_bytes;
  u32 static_shared_bytes;
  bool takes_dynamic_shared;
  u32 local_bytes;   ///< of one thread
  u32 most_threads;  ///< of a block
  bool waits_for_earlier_blocks;
  std::span<u64> visits;       ///< of each basic block, by all threads
  std::span<u32 const> lines;  ///< of the PTX, where each basic block begins
};

/// By name. A kernel that is translated in several files is one of them: they are the same.
std::map<std::string, Kernel const*>& translated_kernels();

struct Registration {
  explicit Registration(Kernel k) : kernel(std::move(k)) { translated_kernels()[kernel.name] = &kernel; }
  Registration(Registration const&) = delete;
  Kernel const kernel;
};

}  // namespace emulated_gpu
