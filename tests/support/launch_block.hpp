/// One block of threads as fibers; see launch.hpp.
#pragma once

#include <ucontext.h>
#include <vector_types.h>

#include <cstdint>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "dsgd/draw/philox.hpp"

namespace dsgd::test {

/// The launch would hang on a device, or read what is undefined.
class LaunchError : public std::logic_error {
  using std::logic_error::logic_error;
};

/// In which order the threads of a block, and the blocks, take their turns.
struct ThreadOrder {
  enum Kind { ascending, descending, shuffled } kind = ascending;
  std::uint32_t seed = 0;  ///< of the shuffle

  /// Who comes i-th of n. The shuffle walks through all n from a random start with a random step prime to n.
  std::uint64_t position(std::uint64_t i, std::uint64_t n, std::uint32_t round = 0) const {
    if (kind == ascending) return i;
    if (kind == descending) return n - 1 - i;
    PhiloxBlock const random = philox4x32_10({{round, 0, 0, 0}}, {{seed, 0}});
    std::uint64_t step = random.word[0] % n;
    while (greatest_common_divisor(step, n) != 1) ++step;
    return (random.word[1] + i * step) % n;
  }

 private:
  static std::uint64_t greatest_common_divisor(std::uint64_t a, std::uint64_t b) {
    return b == 0 ? a : greatest_common_divisor(b, a % b);
  }
};

namespace fibers {

enum class State { ready, waits_for_block, waits_for_warp, ended };

struct Fiber {
  uint3 index, block_index;
  dim3 block_size, grid_size;
  std::uint32_t number = 0;  ///< in the block
  State state = State::ready;
  int line = 0;             ///< of the barrier at which it waits
  unsigned mask = 0;        ///< lanes that take part in the exchange
  std::uint64_t value = 0;  ///< handed to other lanes
  ucontext_t context = {};
  std::unique_ptr<char[]> stack;

  std::uint32_t lane() const { return number % 32; }
};

class Block {
 public:
  Block(dim3 grid, uint3 index, dim3 size, ThreadOrder order, std::function<void()> body)
      : order_(order), body_(std::move(body)), fibers_(std::size_t{size.x} * size.y * size.z) {
    for (std::uint32_t i = 0; i < fibers_.size(); ++i) {
      Fiber& fiber = fibers_[i];
      fiber.index = {i % size.x, i / size.x % size.y, i / size.x / size.y};
      fiber.block_index = index;
      fiber.block_size = size;
      fiber.grid_size = grid;
      fiber.number = i;
      prepare(fiber);
    }
  }

  /// Lets each thread run until it waits, then opens the barriers at which all have arrived, until all have
  /// ended.
  void run() {
    Block* const outer = running_;
    running_ = this;
    try {
      for (std::uint32_t round = 0; turn(round) || open_block_barrier(); ++round) {
      }
    } catch (...) {
      running_ = outer;
      throw;
    }
    running_ = outer;
  }

  static Block& running() { return *running_; }
  Fiber& current() { return *current_; }
  std::vector<Fiber>& fibers() { return fibers_; }

  /// Suspends the current fiber until its barrier opens.
  void wait(State state, int line) {
    Fiber& self = *current_;
    self.state = state;
    self.line = line;
    swapcontext(&self.context, &scheduler_);
  }

 private:
  static constexpr std::size_t stack_bytes = std::size_t{128} << 10;

  static void prepare(Fiber& fiber) {
    fiber.stack = std::make_unique_for_overwrite<char[]>(stack_bytes);
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack.get();
    fiber.context.uc_stack.ss_size = stack_bytes;
    makecontext(&fiber.context, &Block::enter, 0);
  }

  static void enter() {
    Block& block = *running_;
    try {
      block.body_();
    } catch (...) {
      block.failure_ = std::current_exception();  // an exception cannot leave its fiber
    }
    block.current_->state = State::ended;
    swapcontext(&block.current_->context, &block.scheduler_);
  }

  /// @return whether any thread could run
  bool turn(std::uint32_t round) {
    bool any = false;
    for (std::uint64_t i = 0; i < fibers_.size(); ++i) {
      Fiber& fiber = fibers_[order_.position(i, fibers_.size(), round)];
      if (fiber.state == State::waits_for_warp && warp_has_arrived(fiber)) release_warp(fiber);
      if (fiber.state != State::ready) continue;
      any = true;
      current_ = &fiber;
      swapcontext(&scheduler_, &fiber.context);
      if (failure_) std::rethrow_exception(failure_);
    }
    return any;
  }

  template <class Visit>
  void for_partners(Fiber const& fiber, Visit const& visit) {
    std::uint32_t const first = fiber.number - fiber.lane();
    for (std::uint32_t lane = 0; lane < 32 && first + lane < fibers_.size(); ++lane)
      if (fiber.mask >> lane & 1u) visit(fibers_[first + lane]);
  }

  bool warp_has_arrived(Fiber const& fiber) {
    bool all = true;
    for_partners(fiber, [&](Fiber const& partner) {
      all &= partner.state == State::ended || (partner.state == State::waits_for_warp &&
                                               partner.line == fiber.line && partner.mask == fiber.mask);
    });
    return all;
  }

  void release_warp(Fiber const& fiber) {
    for_partners(fiber, [](Fiber& partner) {
      if (partner.state == State::waits_for_warp) partner.state = State::ready;
    });
  }

  /// Once nobody can run: all that live must wait at one and the same barrier of the block.
  /// @return false if all have ended
  bool open_block_barrier() {
    Fiber const* first = nullptr;
    for (Fiber const& fiber : fibers_) {
      if (fiber.state == State::ended) continue;
      if (!first) first = &fiber;
      if (fiber.state != State::waits_for_block || fiber.line != first->line)
        throw LaunchError("thread " + std::to_string(first->number) + " waits in line " +
                          std::to_string(first->line) + ", thread " + std::to_string(fiber.number) +
                          " in line " + std::to_string(fiber.line) + ": they wait for ever");
    }
    for (Fiber& fiber : fibers_)
      if (fiber.state == State::waits_for_block) fiber.state = State::ready;
    return first != nullptr;
  }

  inline static Block* running_ = nullptr;

  ThreadOrder order_;
  std::function<void()> body_;
  std::vector<Fiber> fibers_;
  Fiber* current_ = nullptr;
  ucontext_t scheduler_ = {};
  std::exception_ptr failure_;
};

inline Fiber& current() { return Block::running().current(); }

inline void wait_for_block(int line) { Block::running().wait(State::waits_for_block, line); }

/// Hands `value` to the other lanes of the mask and takes that of the lane `distance` above.
template <class T>
T exchange(unsigned mask, T value, int distance, int line) {
  static_assert(sizeof(T) <= sizeof(std::uint64_t));
  Block& block = Block::running();
  Fiber& self = block.current();
  self.mask = mask;
  std::memcpy(&self.value, &value, sizeof value);
  block.wait(State::waits_for_warp, line);
  std::size_t const number = self.number + static_cast<std::size_t>(distance);
  bool const there = number < block.fibers().size() && (mask >> (number % 32) & 1u) != 0;
  if (!there || block.fibers()[number].state == State::ended)
    throw LaunchError("thread " + std::to_string(self.number) + " reads thread " + std::to_string(number) +
                      " in line " + std::to_string(line) + ", which does not take part");
  std::memcpy(&value, &block.fibers()[number].value, sizeof value);
  // nobody goes on before all have read, or a value might be overwritten
  block.wait(State::waits_for_warp, -line);
  return value;
}

}  // namespace fibers
}  // namespace dsgd::test
