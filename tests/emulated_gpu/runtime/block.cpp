#include "runtime/block.hpp"

#include <cstring>

#include "runtime/fiber.hpp"
#include "runtime/settings.hpp"

namespace emulated_gpu {
namespace {

constexpr u32 most_sleeps =
    100'000;  // while earlier blocks have all ended, a thread that waits for one waits for ever

void* scheduler;  // its stack pointer
Thread* running;

void enter() {
  running->block->kernel->run(*running);
  running->state = State::ended;
  wait(*running);
}

/// Memory that the blocks use one after another.
struct Storage {
  std::vector<Thread> threads;
  std::vector<u8> shared, shared_written, local, local_written;
  std::vector<Word> shared_words;
};

void prepare(Storage& storage, Launch const& launch, Block& block) {
  u32 const count = launch.size[0] * launch.size[1] * launch.size[2], bytes = launch.kernel->local_bytes;
  storage.shared_written.assign(launch.shared_bytes + 1, 0);
  storage.shared.resize(launch.shared_bytes + 1);
  storage.shared_words.assign(launch.shared_bytes / 4 + 1, {});
  storage.local.resize(std::size_t{count} * bytes + 1);
  storage.local_written.assign(std::size_t{count} * bytes + 1, 0);
  storage.threads.assign(count, {});
  block.shared = storage.shared.data();
  block.shared_written = storage.shared_written.data();
  block.shared_words = storage.shared_words.data();
  for (u32 i = 0; i < count; ++i) {
    Thread& t = storage.threads[i];
    t.number = i;
    t.index[0] = i % launch.size[0];
    t.index[1] = i / launch.size[0] % launch.size[1];
    t.index[2] = i / launch.size[0] / launch.size[1];
    t.block = &block;
    t.local = storage.local.data() + std::size_t{i} * bytes;
    t.local_written = storage.local_written.data() + std::size_t{i} * bytes;
    t.stack_pointer = prepare_fiber(i, enter);
  }
}

/// Lets each thread that can run do so until it waits. @return whether there was one
bool turn(Block& block, u64 round) {
  bool any = false;
  u64 const count = block.threads.size();
  Order::Walk walk = settings().order.walk(count, round);
  for (u64 i = 0; i < count; ++i) {
    Thread& t = block.threads[walk.next()];
    if (t.state != State::ready) continue;
    any = true;
    running = &t;
    emulated_gpu_switch(&scheduler, t.stack_pointer);
  }
  return any;
}

/// Once nobody can run: all must wait at one and the same barrier. @return false if all have ended
bool open_barrier(Block& block) {
  Thread const* first = nullptr;
  for (Thread const& t : block.threads)
    if (!first && t.state != State::ended) first = &t;
  if (!first) return false;
  for (Thread const& t : block.threads) {
    if (t.state == State::waits_for_warp)
      fail(t, t.line, "waits for lanes " + hexadecimal(t.mask) + " of its warp, which do not all come");
    if (t.state == State::ended)
      fail(*first, first->line, "waits at a barrier, but thread " + std::to_string(t.number) + " has ended");
    if (t.line != first->line)
      fail(t, t.line,
           "waits at another barrier than thread " + std::to_string(first->number) + " (line " +
               std::to_string(first->line) + ")");
  }
  for (Thread& t : block.threads) {
    t.state = State::ready;
    ++t.phase;
    t.warp_phase = 0;
  }
  return true;
}

}  // namespace

void wait(Thread& t) { emulated_gpu_switch(&t.stack_pointer, scheduler); }

void wait_for_block(Thread& t, u32 line) {
  t.line = line;
  t.state = State::waits_for_block;
  wait(t);
}

void let_others_run(Thread& t, u32 line) {
  if (++t.sleeps > most_sleeps) fail(t, line, "waits for ever");
  wait(t);
}

/// Descending or shuffled blocks would stop one that waits for an earlier one.
void run(Launch const& launch, u32 operation) {
  static Storage storage;
  Kernel const& kernel = *launch.kernel;
  u64 const blocks = u64{launch.grid[0]} * launch.grid[1] * launch.grid[2];
  Order const order = kernel.waits_for_earlier_blocks ? Order{} : settings().order;
  Order::Walk walk = order.walk(blocks, operation);
  for (u64 i = 0; i < blocks; ++i) {
    auto const number = static_cast<u32>(walk.next());
    Block block{&kernel,
                {number % launch.grid[0], number / launch.grid[0] % launch.grid[1],
                 number / launch.grid[0] / launch.grid[1]},
                {launch.size[0], launch.size[1], launch.size[2]},
                {launch.grid[0], launch.grid[1], launch.grid[2]},
                number,
                operation,
                launch.device,
                launch.parameters.data(),
                launch.shared_bytes,
                nullptr,
                nullptr,
                nullptr,
                storage.threads};
    prepare(storage, launch, block);
    for (u64 round = number; turn(block, round) || open_barrier(block); ++round) {
    }
  }
}

}  // namespace emulated_gpu
