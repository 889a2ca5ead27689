#include "kernels/fused/device_team.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <variant>

#include "dsgd/engine/block_queue.hpp"

namespace dsgd::kernels {
namespace {

using Block = BlockQueue::Block;

/// The most replications of a block: draws that follow clocks come one after the other and take longer. The
/// updates of so many stay below 2^32, too, as sums on a device want it.
std::uint64_t most_replications(Batch const& batch) {
  constexpr double most_draws = 0x1p30;
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(most_draws / draws_per_unit(batch)));
}

/// Cuts work where the upper 32 bits of iterations change, and half way there: a block's iterations are
/// launched at once. Where clocks are followed, pieces have at most most_replications().
std::vector<Work> launchable(std::span<Work const> work) {
  std::vector<Work> pieces;
  for (Work const& whole : work) {
    std::vector<Observable> const& observables = whole.batch->observables;
    bool const follows_clocks =
        !observables.empty() && std::holds_alternative<Clocks>(observables.front().runtime);
    std::uint64_t const most = follows_clocks ? most_replications(*whole.batch) : max_block_iterations;
    for (IterationRange rest = whole.iterations; rest.count > 0;) {
      std::uint64_t const count =
          std::min({rest.count, most, max_block_iterations - rest.first % max_block_iterations});
      pieces.push_back({whole.batch, {rest.first, count}, whole.summaries});
      rest = {rest.first + count, rest.count - count};
    }
  }
  return pieces;
}

/// The blocks of a run. Each is handed out, and comes back as summaries or, where its device failed, as it
/// was.
class SharedBlocks {
 public:
  /// @param most_handed_out  blocks at a time: so many can come back even where memory has run out
  SharedBlocks(std::span<Work const> work, BlockSize size, std::size_t most_handed_out) : queue_(work, size) {
    returned_.reserve(most_handed_out);
  }

  /// Hands out a block. @return nothing where none is left at the moment
  std::optional<Block> take() {
    std::lock_guard const lock(mutex_);
    Block block{};
    if (!returned_.empty()) {
      block = returned_.back();
      returned_.pop_back();
    } else if (!queue_.take(block)) {
      return std::nullopt;
    }
    ++handed_out_;
    return block;
  }

  /// Takes the summaries of a block that was handed out.
  void complete(Block const& block, std::vector<Summary> const& summaries) {
    std::lock_guard const lock(mutex_);
    for (std::size_t i = 0; i < summaries.size(); ++i) block.work->summaries[i].merge(summaries[i]);
    --handed_out_;
    changed_.notify_all();
  }

  /// Takes back a block that was not computed.
  void give_back(Block const& block) {
    std::lock_guard const lock(mutex_);
    returned_.push_back(block);
    --handed_out_;
    changed_.notify_all();
  }

  /// Hands out nothing from now on.
  void abandon() {
    std::lock_guard const lock(mutex_);
    queue_.abandon();
    returned_.clear();
    is_abandoned_ = true;
    changed_.notify_all();
  }

  /// Waits until a block can be taken again. @return false when none will come
  bool wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !returned_.empty() || handed_out_ == 0 || is_abandoned_; });
    return !returned_.empty();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  BlockQueue queue_;
  std::vector<Block> returned_;
  std::uint64_t handed_out_ = 0;
  bool is_abandoned_ = false;
};

/// Blocks that a member has started, the oldest first.
class InFlight {
 public:
  InFlight(DeviceTeam::Member& member, SharedBlocks& blocks) : member_(member), blocks_(blocks) {}
  InFlight(InFlight const&) = delete;
  InFlight& operator=(InFlight const&) = delete;

  /// Gives blocks that were not finished back, for others.
  ~InFlight() {
    for (Block const& block : started_) blocks_.give_back(block);
  }

  /// Starts a block. @return false where there is no free slot or no block
  bool start_one() {
    if (started_.size() == member_.slots.size()) return false;
    std::optional<Block> const block = blocks_.take();
    if (!block) return false;
    started_.push_back(*block);
    slot(begun_++).start(*block->work->batch, block->iterations);
    return true;
  }

  /// Waits for the oldest block. @return false where none was started
  bool finish_one() {
    if (started_.empty()) return false;
    std::vector<Summary> const summaries = slot(finished_).finish();
    blocks_.complete(started_.front(), summaries);
    started_.pop_front();
    ++finished_;
    return true;
  }

 private:
  BlockComputer& slot(std::uint64_t number) { return *member_.slots[number % member_.slots.size()]; }

  DeviceTeam::Member& member_;
  SharedBlocks& blocks_;
  std::deque<Block> started_;
  std::uint64_t begun_ = 0, finished_ = 0;
};

/// The work of a device's thread, until no block is left that could come back to it: it starts as many blocks
/// as there are slots, then finishes the oldest. @throws whatever the device throws
void compute(DeviceTeam::Member& member, SharedBlocks& blocks) {
  InFlight in_flight(member, blocks);
  member.enter();
  do {
    while (in_flight.start_one() || in_flight.finish_one()) {
    }
  } while (blocks.wait());
}

/// The failures of a run, on all its threads.
class Failures {
 public:
  Failures(std::size_t members, std::function<void(std::string const&)> const& warn)
      : members_left_(members), warn_(warn) {}

  /// Notes that a device failed for good.
  void lose(DeviceTeam::Member& member, Error const& error) {
    std::lock_guard const lock(mutex_);
    member.has_failed = true;
    last_loss_ = error;
    if (--members_left_ > 0)
      warn_(member.name + " failed and is left out (the other devices do its work): " + error.what());
  }

  /// Notes something that would fail on any device.
  void stop(std::exception_ptr failure) {
    std::lock_guard const lock(mutex_);
    if (!fatal_) fatal_ = std::move(failure);
  }

  std::exception_ptr fatal() const { return fatal_; }
  std::optional<Error> const& last_loss() const { return last_loss_; }

 private:
  std::mutex mutex_;
  std::size_t members_left_;
  std::function<void(std::string const&)> const& warn_;
  std::exception_ptr fatal_;
  std::optional<Error> last_loss_;
};

/// Calls compute() and catches what it throws: an error of a device loses that device, any other ends the
/// work of all.
void serve(DeviceTeam::Member& member, SharedBlocks& blocks, Failures& failures) {
  try {
    compute(member, blocks);
  } catch (Error const& error) {
    if (error.code() == ExitCode::device) return failures.lose(member, error);
    failures.stop(std::current_exception());
    blocks.abandon();
  } catch (...) {
    failures.stop(std::current_exception());
    blocks.abandon();
  }
}

}  // namespace

DeviceTeam::DeviceTeam(std::vector<Member> members, std::function<void(std::string const&)> warn,
                       std::uint64_t draws_per_block)
    : members_(std::move(members)), warn_(std::move(warn)), draws_per_block_(draws_per_block) {}

void DeviceTeam::run(std::span<Work const> work) {
  std::vector<Member*> able;
  for (Member& member : members_)
    if (!member.has_failed) able.push_back(&member);
  if (able.empty())
    throw Error(ExitCode::device, "no device is left", "all have failed", "look at 'dsgd devices'");

  std::vector<Work> const pieces = launchable(work);
  std::size_t slots = 0;
  for (Member const* const member : able) slots += member->slots.size();
  SharedBlocks blocks(pieces, {draws_per_block_, granule}, slots);
  Failures failures(able.size(), warn_);
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t i = 1; i < able.size(); ++i)
        others.emplace_back([&, i] { serve(*able[i], blocks, failures); });
    } catch (std::system_error const&) {
      // The system gives no more threads: the devices that have one do all the blocks.
    }
    serve(*able[0], blocks, failures);
  }
  if (failures.fatal()) std::rethrow_exception(failures.fatal());
  if (blocks.take()) throw Error(failures.last_loss().value());
}

}  // namespace dsgd::kernels
