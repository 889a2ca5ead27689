/// A block of threads, each of them a fiber, of which one runs at a time.
#pragma once

#include <vector>

#include "runtime/fail.hpp"
#include "runtime/history.hpp"
#include "runtime/kernel.hpp"
#include "runtime/types.hpp"

namespace emulated_gpu {

struct Block;

enum class State : u8 { ready, waits_for_block, waits_for_warp, ended };

/// What a lane gets of a shuffle.
struct Lane {
  u32 value = 0;
  bool inside =
      false;  ///< whether the lane that it asked for lies within its segment; else it gets its own value
};

struct Thread {
  u32 index[3] = {}, number = 0;
  Block* block = nullptr;
  void* stack_pointer = nullptr;
  State state = State::ready;
  u32 line = 0;                       ///< where it waits
  u32 mask = 0;                       ///< lanes that it waits for
  u32 value = 0, by = 0, bounds = 0;  ///< what it hands to them, and what it asks for
  Lane got;
  u32 phase = 0, warp_phase = 0;
  u32 sleeps = 0;
  u8* local = nullptr;
  u8* local_written = nullptr;  ///< whether each byte was

  u32 lane() const { return number % 32; }
};

struct Block {
  Kernel const* kernel;
  u32 index[3], size[3], grid[3];
  u32 number;     ///< in its launch
  u32 operation;  ///< the launch
  int device;
  u8 const* parameters;
  u32 shared_bytes;
  u8* shared;
  u8* shared_written;  ///< whether each byte was
  Word* shared_words;
  std::vector<Thread>& threads;
};

enum class Shuffle : u8 { up, down, bfly, idx };

/// Leaves the thread until its state is ready again.
void wait(Thread& t);

void wait_for_block(Thread& t, u32 line);
void wait_for_warp(Thread& t, u32 mask, u32 line);
void let_others_run(Thread& t, u32 line);

/// @param bounds  as in PTX: the last lane of a segment, and from bit 8 on the bits of a lane's number that name
///                its segment
Lane shuffle(Thread& t, Shuffle mode, u32 value, u32 by, u32 bounds, u32 mask, u32 line);

/// Bit l is the vote of lane l.
u32 ballot(Thread& t, bool vote, u32 mask, u32 line);

struct Launch {
  Kernel const* kernel;
  u32 grid[3], size[3];
  u32 shared_bytes;
  std::vector<u8> parameters;
  int device;
};

/// Runs all blocks, one after another.
void run(Launch const& launch, u32 operation);

}  // namespace emulated_gpu
