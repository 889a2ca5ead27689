#include "ranks/shared_engine.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <thread>

#include "dsgd/error.hpp"
#include "dsgd/sweep.hpp"
#include "engines/cpu/cpu.hpp"
#include "ranks/protocol.hpp"
#include "ranks/serve.hpp"
#include "ranks/wire.hpp"
#include "run/runner.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

/// Ranks that are threads of this process.
class Mailboxes {
 public:
  explicit Mailboxes(int size) : boxes_(static_cast<std::size_t>(size)) {}

  class Rank final : public Messenger {
   public:
    Rank(Mailboxes& all, int rank) : all_(all), rank_(rank) {}
    int rank() const override { return rank_; }
    int size() const override { return static_cast<int>(all_.boxes_.size()); }
    void send(int to, std::string bytes) override {
      std::lock_guard const lock(all_.mutex_);
      all_.boxes_[static_cast<std::size_t>(to)].push_back({rank_, std::move(bytes)});
    }
    std::optional<Message> receive() override {
      std::lock_guard const lock(all_.mutex_);
      auto& box = all_.boxes_[static_cast<std::size_t>(rank_)];
      if (box.empty()) return std::nullopt;
      Message message = std::move(box.front());
      box.pop_front();
      return message;
    }

    [[noreturn]] void abort(int) override { std::abort(); }

   private:
    Mailboxes& all_;
    int rank_;
  };

 private:
  std::mutex mutex_;
  std::vector<std::deque<Messenger::Message>> boxes_;
};

std::string end_message() {
  WireWriter writer(message_kind::end);
  writer.add(std::uint64_t{75});
  return writer.take();
}

std::vector<PlannedPoint> sample_points(std::uint64_t iterations = 20'000) {
  Sweep sweep;
  sweep.fleets = {Law{Exponential{2.0}}, Law{Uniform{1, 2}}};
  sweep.strategies = {Sync{}, Fastest{}, LocalSgd{2, 0}};
  sweep.workers = {2, 5, 50, 200};
  sweep.iterations = iterations;
  std::vector<Point> points = expand(sweep);
  sweep.strategies = {KBatchAsync{2}};  // by clocks
  sweep.workers = {3};
  sweep.quantiles = true;
  for (Point const& point : expand(sweep)) points.push_back(point);
  return plan_points(std::move(points));
}

/// Counts what it is asked for.
class CountingEngine final : public Engine {
 public:
  explicit CountingEngine(std::atomic<int>& runs) : runs_(runs) {}
  void run(std::span<Work const> work) override {
    ++runs_;
    engine_->run(work);
  }
  std::string device() const override { return "counted"; }

 private:
  std::atomic<int>& runs_;
  std::unique_ptr<Engine> engine_ = make_cpu_engine(1);
};

class SharedEngineRanks : public testing::TestWithParam<int> {};

TEST_P(SharedEngineRanks, GiveTheSameSummaries) {
  std::vector<PlannedPoint> const points = sample_points();
  Mailboxes boxes(GetParam());
  std::atomic<int> own{0}, theirs{0};
  Mailboxes::Rank first(boxes, 0);
  std::vector<std::jthread> others;
  for (int rank = 1; rank < GetParam(); ++rank)
    others.emplace_back([&, rank] {
      Mailboxes::Rank messenger(boxes, rank);
      CountingEngine engine(theirs);
      EXPECT_EQ(serve(points, engine, messenger), 75);
    });
  SharedEngine engine(std::make_unique<CountingEngine>(own), first, fingerprint(points));
  std::vector<Summary> const summaries = run(points, engine, {.slice_seconds = 10}).summaries;
  for (int rank = 1; rank < GetParam(); ++rank) first.send(rank, end_message());
  EXPECT_EQ(summaries, run(points, *make_cpu_engine(1), {}).summaries);
  EXPECT_GT(own, 0);
  if (GetParam() > 1) {
    EXPECT_GT(theirs, 0) << "the others had a part in it";
  }
  EXPECT_NE(engine.device().find(std::to_string(GetParam()) + " ranks"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Ranks, SharedEngineRanks, testing::Values(1, 2, 3, 5));

PlannedPoint large_point() { return PlannedPoint({{Exponential{}, 1000}, Sync{}, 1'000'000, {1, 1000}}); }

TEST(SharedEngine, TellsWhatAnotherRankFailedOf) {
  Mailboxes boxes(2);
  Mailboxes::Rank first(boxes, 0), second(boxes, 1);
  WireWriter writer(message_kind::failure);
  writer.add(std::uint64_t{5});
  writer.add("the device caught fire (it is hot): cool it");
  second.send(0, writer.take());
  PlannedPoint const point = large_point();
  SharedEngine engine(make_cpu_engine(1), first, "");
  expect_error(ExitCode::device, "rank 1: the device caught fire",
               [&] { run(std::span(&point, 1), engine, {}); });
}

TEST(SharedEngine, RefusesARankThatHasAnotherSweep) {
  Mailboxes boxes(2);
  Mailboxes::Rank first(boxes, 0), second(boxes, 1);
  WireWriter writer(message_kind::ready);
  writer.add("another");
  second.send(0, writer.take());
  PlannedPoint const point = large_point();
  SharedEngine engine(make_cpu_engine(1), first, fingerprint({&point, 1}));
  expect_error(ExitCode::usage, "rank 1 has another sweep", [&] { run(std::span(&point, 1), engine, {}); });
}

TEST(SharedEngine, DoesNotWaitForADeadRankOnceItIsInterrupted) {
  Mailboxes boxes(2);
  Mailboxes::Rank first(boxes, 0), second(boxes, 1);
  PlannedPoint const point = large_point();
  WireWriter writer(message_kind::ready);
  writer.add(fingerprint({&point, 1}));
  second.send(0, writer.take());  // and then nothing more
  SharedEngine engine(make_cpu_engine(1), first, fingerprint({&point, 1}));
  engine.interrupted = [] { return true; };
  engine.last_patience = std::chrono::milliseconds(200);
  expect_error(ExitCode::engine_unavailable, "rank 1 does not answer",
               [&] { run(std::span(&point, 1), engine, {}); });
}

TEST(Fingerprint, TellsSweepsApart) {
  std::vector<PlannedPoint> const points = sample_points();
  EXPECT_EQ(fingerprint(points), fingerprint(sample_points()));
  EXPECT_NE(fingerprint(points), fingerprint(sample_points(20'001)));
}

}  // namespace
}  // namespace dsgd
