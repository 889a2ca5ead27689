#include "kernels/fused/device_team.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <latch>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dsgd/engine/block_queue.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/scalar_reference.hpp"

namespace dsgd::kernels {
namespace {

using dsgd::test::extremes_batch;
using dsgd::test::scalar_reference;

/// What a fake device is to do, and what it did.
struct TeamDevice {
  std::uint64_t fails_at_call = 0;  ///< the n-th call of start or finish, and all after it; 0: none
  ExitCode fails_with = ExitCode::device;
  std::latch* waits_for = nullptr;  ///< before it does anything
  std::latch* failure = nullptr;    ///< counted down when it fails

  std::uint64_t calls = 0, in_flight = 0, most_in_flight = 0, entered = 0;
  std::vector<IterationRange> started;
  std::function<void()> on_finish = [] {};

  void call() {
    if (waits_for) waits_for->wait();
    if (fails_at_call == 0 || ++calls < fails_at_call) return;
    if (failure && calls == fails_at_call) failure->count_down();
    throw Error(fails_with, "the fake device burns: fetch water");
  }
};

/// A device that computes by the definition.
class FakeComputer final : public BlockComputer {
 public:
  explicit FakeComputer(TeamDevice& device) : device_(device) {}

  void start(Batch const& batch, IterationRange iterations) override {
    device_.call();
    EXPECT_EQ(batch_, nullptr) << "started twice";
    batch_ = &batch;
    iterations_ = iterations;
    device_.started.push_back(iterations);
    device_.most_in_flight = std::max(device_.most_in_flight, ++device_.in_flight);
  }

  std::vector<Summary> finish() override {
    device_.call();
    std::vector<Summary> summaries = result();
    batch_ = nullptr;
    --device_.in_flight;
    device_.on_finish();
    return summaries;
  }

 private:
  /// Too many iterations to be computed are only counted, and so are replications.
  std::vector<Summary> result() const {
    if (iterations_.count < 100'000 && rank(batch_->observables[0]) != 0)
      return scalar_reference(*batch_, iterations_);
    std::vector<Summary> counted(batch_->observables.size());
    for (Summary& summary : counted) summary.iterations = iterations_.count;
    return counted;
  }

  TeamDevice& device_;
  Batch const* batch_ = nullptr;
  IterationRange iterations_{};
};

struct Warnings {
  std::vector<std::string> lines;
  std::function<void(std::string const&)> add() {
    return [this](std::string const& line) { lines.push_back(line); };
  }
};

DeviceTeam make_team(std::vector<TeamDevice*> const& devices, Warnings& warnings,
                     std::uint64_t draws_per_block) {
  std::vector<DeviceTeam::Member> members;
  for (TeamDevice* const device : devices) {
    DeviceTeam::Member member{
        "device " + std::to_string(members.size()), [device] { ++device->entered; }, {}};
    for (int slot = 0; slot < 2; ++slot) member.slots.push_back(std::make_unique<FakeComputer>(*device));
    members.push_back(std::move(member));
  }
  return {std::move(members), warnings.add(), draws_per_block};
}

/// Two batches in three pieces of work.
struct Job {
  Batch first = extremes_batch(1, 20), second = extremes_batch(2, 7);
  std::vector<Summary> summaries_1 = std::vector<Summary>(2), summaries_2 = std::vector<Summary>(2);

  void run(DeviceTeam& team) {
    std::vector<Work> const work{{&first, {0, 5000}, summaries_1},
                                 {&second, {10, 7000}, summaries_2},
                                 {&first, {5000, 1}, summaries_1}};
    team.run(work);
  }

  void expect_right() const {
    EXPECT_PRED_FORMAT2(same_summaries, summaries_1, scalar_reference(first, {0, 5001}));
    EXPECT_PRED_FORMAT2(same_summaries, summaries_2, scalar_reference(second, {10, 7000}));
  }
};

TEST(DeviceTeam, AnyNumberOfDevicesAndAnyBlocksGiveTheDefinition) {
  for (std::size_t count : {1u, 2u, 5u})
    for (std::uint64_t draws : {1u, 20'000u, 1u << 30}) {
      std::vector<TeamDevice> devices(count);
      std::vector<TeamDevice*> pointers(count);
      std::transform(devices.begin(), devices.end(), pointers.begin(), [](auto& device) { return &device; });
      Warnings warnings;
      DeviceTeam team = make_team(pointers, warnings, draws);
      Job job;
      job.run(team);
      job.expect_right();
      EXPECT_TRUE(warnings.lines.empty());
    }
}

TEST(DeviceTeam, KeepsTwoBlocksInFlight) {
  TeamDevice device;
  Warnings warnings;
  DeviceTeam team = make_team({&device}, warnings, 20'000);
  Job job;
  job.run(team);
  EXPECT_EQ(device.most_in_flight, 2u);
  EXPECT_GT(device.started.size(), 6u);
}

/// One device is stuck in its first block until the other has done all that it can get.
TEST(DeviceTeam, HandsBlocksToWhoeverIsFree) {
  constexpr int blocks = 10 + 14 + 1;  // of 512 iterations
  std::latch rest_is_done(blocks - 1);
  TeamDevice quick, stuck;
  stuck.waits_for = &rest_is_done;
  int done = 0;
  quick.on_finish = [&] {
    if (++done < blocks) rest_is_done.count_down();
  };
  Warnings warnings;
  DeviceTeam team = make_team({&quick, &stuck}, warnings, 1);
  Job job;
  job.run(team);
  job.expect_right();
  EXPECT_GE(done, blocks - 1);
}

/// Blocks that one launch can serve: their iterations share the upper 32 bits.
TEST(DeviceTeam, CutsIterationsWhereALaunchEnds) {
  TeamDevice device;
  Warnings warnings;
  DeviceTeam team = make_team({&device}, warnings, std::uint64_t{1} << 60);
  Batch const batch = extremes_batch(1, 1);
  std::vector<Summary> summaries(2);
  IterationRange const range{(std::uint64_t{1} << 32) - 200'000, std::uint64_t{5} << 31};
  Work const work{&batch, range, summaries};
  team.run({&work, 1});
  EXPECT_EQ(summaries[0].iterations, range.count);
  std::uint64_t next = range.first;
  for (IterationRange const& block : device.started) {
    EXPECT_EQ(block.first, next);
    EXPECT_LE(block.count, max_block_iterations);
    EXPECT_EQ(block.first >> 32, (block.first + block.count - 1) >> 32);
    next = block.first + block.count;
  }
  EXPECT_EQ(next, range.first + range.count);
}

TEST(DeviceTeam, CutsReplicationsThatFollowClocks) {
  for (std::uint64_t const workers : {1u, 300u, 1u << 20}) {
    TeamDevice device;
    Warnings warnings;
    DeviceTeam team = make_team({&device}, warnings, std::uint64_t{1} << 60);
    Batch const batch{{1, 1}, {observable({{Gamma{}, workers}, Async{}, max_iterations, {1, 1}})}};
    std::vector<Summary> summaries(1);
    IterationRange const range{(1u << 31) - 100, workers == 1 ? 2'000'000u : 5'000u};
    Work const work{&batch, range, summaries};
    team.run({&work, 1});
    for (auto next = range.first; IterationRange const& block : device.started) {
      EXPECT_EQ(std::exchange(next, block.first + block.count), block.first);
      EXPECT_TRUE(block.count == 1 || draws_per_unit(batch) * static_cast<double>(block.count) <= 0x1p30);
      EXPECT_LT(static_cast<double>(block.count * batch.observables[0].plan.updates), 0x1p32);
    }
    EXPECT_EQ(device.started.back().first + device.started.back().count, range.first + range.count);
  }
}

TEST(DeviceTeam, TheOthersDoTheBlocksOfOneThatFails) {
  TeamDevice whole;
  Warnings none;
  DeviceTeam alone = make_team({&whole}, none, 20'000);
  Job().run(alone);
  std::uint64_t const calls = 2 * (whole.started.size() - 1);  // the other holds one block meanwhile
  ASSERT_GT(calls, 10u);
  for (std::uint64_t call = 1; call <= calls; ++call) {
    std::latch failure(1);
    TeamDevice failing, sound;
    failing.fails_at_call = call;
    failing.failure = sound.waits_for = &failure;  // else it might be too late to fail
    Warnings warnings;
    DeviceTeam team = make_team({&sound, &failing}, warnings, 20'000);
    Job job;
    job.run(team);
    job.expect_right();
    ASSERT_EQ(warnings.lines.size(), 1u);
    EXPECT_EQ(warnings.lines[0].find("device 1 failed"), 0u) << warnings.lines[0];
    EXPECT_NE(warnings.lines[0].find("the fake device burns"), std::string::npos);
    EXPECT_EQ(warnings.lines[0].find('\n'), std::string::npos);
  }
}

TEST(DeviceTeam, OneThatFailedIsLeftOutForGood) {
  std::latch failure(1);
  TeamDevice failing, sound;
  failing.fails_at_call = 1;
  failing.failure = sound.waits_for = &failure;
  Warnings warnings;
  DeviceTeam team = make_team({&failing, &sound}, warnings, 20'000);
  for (int run = 0; run < 3; ++run) {
    Job job;
    job.run(team);
    job.expect_right();
  }
  EXPECT_EQ(warnings.lines.size(), 1u);
  EXPECT_EQ(failing.entered, 1u);
  EXPECT_EQ(sound.entered, 3u);
}

TEST(DeviceTeam, ADeviceErrorWhenAllHaveFailed) {
  for (std::size_t count : {1u, 2u, 3u}) {
    std::vector<TeamDevice> devices(count);
    std::vector<TeamDevice*> pointers;
    for (TeamDevice& device : devices) {
      device.fails_at_call = 1 + pointers.size();
      pointers.push_back(&device);
    }
    Warnings warnings;
    DeviceTeam team = make_team(pointers, warnings, std::uint64_t{512} * 7);
    expect_error(ExitCode::device, "the fake device burns", [&] { Job().run(team); });
    EXPECT_EQ(warnings.lines.size(), count - 1) << "the last failure is the error";
    expect_error(ExitCode::device, "no device is left", [&] { Job().run(team); });
  }
}

TEST(DeviceTeam, OneDeviceThatFailsAtAnyCallIsOneDeviceError) {
  TeamDevice whole;
  Warnings none;
  DeviceTeam alone = make_team({&whole}, none, 20'000);
  Job().run(alone);
  for (std::uint64_t call = 1; call <= 2 * whole.started.size(); ++call) {
    TeamDevice failing;
    failing.fails_at_call = call;
    Warnings warnings;
    DeviceTeam team = make_team({&failing}, warnings, 20'000);
    expect_error(ExitCode::device, "the fake device burns", [&] { Job().run(team); });
    EXPECT_TRUE(warnings.lines.empty()) << "the error says it";
  }
}

/// What no device can serve is no device's failure.
TEST(DeviceTeam, OtherErrorsEndTheRun) {
  for (ExitCode const code : {ExitCode::usage, ExitCode::internal}) {
    TeamDevice first, second;
    first.fails_at_call = second.fails_at_call = 5;
    first.fails_with = second.fails_with = code;
    Warnings warnings;
    DeviceTeam team = make_team({&first, &second}, warnings, std::uint64_t{512} * 7);
    expect_error(code, "the fake device burns", [&] { Job().run(team); });
    EXPECT_TRUE(warnings.lines.empty());
  }
}

TEST(DeviceTeam, NothingToDo) {
  TeamDevice device;
  Warnings warnings;
  DeviceTeam team = make_team({&device}, warnings, 1);
  team.run({});
  Batch const batch = extremes_batch(1, 1);
  std::vector<Summary> summaries(2);
  Work const work{&batch, {7, 0}, summaries};
  team.run({&work, 1});
  EXPECT_TRUE(device.started.empty());
  EXPECT_PRED_FORMAT2(same_summaries, summaries, std::vector<Summary>(2));
}

}  // namespace
}  // namespace dsgd::kernels
