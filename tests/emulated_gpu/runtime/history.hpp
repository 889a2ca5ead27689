/// Who used a word of memory last: what tells a race.
#pragma once

#include "runtime/types.hpp"

namespace emulated_gpu {

/// Where in its launch a thread is: between which barriers of its block and of its warp.
struct Moment {
  u32 block = 0, thread = 0;
  u32 phase = 0;       ///< how many barriers of the block it has passed
  u32 warp_phase = 0;  ///< how many of its warp since
};

/// The last of a kind of accesses to a word, and whether those of its phase came from several threads or blocks.
struct Accesses {
  u32 block = 0, phase = 0;
  u16 thread = 0, warp_phase = 0;
  bool any = false, several_threads = false, several_blocks = false;

  /// Whether an access now is not ordered with one of these by a barrier.
  bool concurrent_with(Moment const& now) const {
    if (!any) return false;
    if (several_blocks || block != now.block) return true;
    if (phase != now.phase) return false;
    return several_threads || !ordered_in_warp(now);
  }

  void add(Moment const& now) {
    if (any && block != now.block)
      several_blocks = true;
    else if (any && phase == now.phase)
      several_threads |= !ordered_in_warp(now);
    else
      several_threads = false;
    any = true;
    block = now.block, phase = now.phase;
    thread = static_cast<u16>(now.thread), warp_phase = static_cast<u16>(now.warp_phase);
  }

 private:
  bool ordered_in_warp(Moment const& now) const {
    return thread == now.thread ||
           (thread / 32u == now.thread / 32 && warp_phase != static_cast<u16>(now.warp_phase));
  }
};

enum class Use : u8 { read, write, ordered_read, ordered_write, atomic };

constexpr bool reads(Use use) { return use == Use::read || use == Use::ordered_read || use == Use::atomic; }
constexpr bool writes(Use use) {
  return use == Use::write || use == Use::ordered_write || use == Use::atomic;
}
constexpr bool is_ordered(Use use) {
  return use == Use::ordered_read || use == Use::ordered_write || use == Use::atomic;
}

/// Four bytes of memory.
struct Word {
  u32 operation = 0;  ///< the last that used it: a launch, or a copy
  u32 writer = 0;     ///< the last operation that wrote to it
  Accesses written, ordered, read;

  /// What makes an access of the same launch a race, or null; enters the access.
  char const* race(Use use, Moment const& now) {
    char const* found = nullptr;
    if (is_ordered(use)) {
      if (written.concurrent_with(now)) found = "an atomic operation meets a plain write";
      if (writes(use) && read.concurrent_with(now)) found = "an atomic operation meets a plain read";
      ordered.add(now);
    } else if (use == Use::write) {
      if (written.concurrent_with(now)) found = "a write meets a write";
      if (ordered.concurrent_with(now)) found = "a write meets an atomic operation";
      if (read.concurrent_with(now)) found = "a write meets a read";
      written.add(now);
    } else {
      if (written.concurrent_with(now)) found = "a read meets a write";
      if (ordered.concurrent_with(now)) found = "a read meets an atomic operation";
      read.add(now);
    }
    return found;
  }

  /// A new operation begins to use it.
  void begin(u32 number) {
    operation = number;
    written = ordered = read = {};
  }
};

}  // namespace emulated_gpu
