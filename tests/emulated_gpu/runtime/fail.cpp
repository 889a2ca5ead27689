#include "runtime/fail.hpp"

#include <unistd.h>

#include <cinttypes>
#include <cstdio>

#include "runtime/block.hpp"
#include "runtime/kernel.hpp"

namespace emulated_gpu {
namespace {

std::string triple(u32 const (&of)[3]) {
  return std::to_string(of[0]) + "," + std::to_string(of[1]) + "," + std::to_string(of[2]);
}

}  // namespace

/// Without destructors: threads and streams are in the middle of their work.
void fail(std::string const& what) {
  std::fprintf(stderr, "emulated GPU: %s\n", what.c_str());
  std::fflush(stderr);
  _exit(failure_status);
}

void fail(Thread const& t, u32 line, std::string const& what) {
  Block const& block = *t.block;
  fail(what + " (kernel " + block.kernel->name + ", line " + std::to_string(line) + " of the PTX of " +
       block.kernel->source + ", block " + triple(block.index) + " of " + triple(block.grid) + ", thread " +
       std::to_string(t.number) + " of " + std::to_string(block.threads.size()) + ")");
}

std::string hexadecimal(u64 value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%" PRIx64, value);
  return text;
}

}  // namespace emulated_gpu
