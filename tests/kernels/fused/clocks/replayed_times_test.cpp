#include "kernels/fused/clocks/replayed_times.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "dsgd/observable.hpp"
#include "tests/support/points.hpp"

namespace dsgd::kernels {
namespace {

/// Counts what is brought.
struct CountingQueue {
  class Buffer {
   public:
    explicit Buffer(std::size_t bytes) : memory_(std::make_unique<std::byte[]>(bytes)) {}
    std::byte* data() const { return memory_.get(); }

   private:
    std::unique_ptr<std::byte[]> memory_;
  };

  int* uploads;

  Buffer allocate(std::size_t bytes) const { return Buffer(bytes); }
  void upload(void* to, void const* from, std::size_t bytes) const {
    ++*uploads;
    std::memcpy(to, from, bytes);
  }
};

Observable with_strategy(Point point, Strategy const& strategy) {
  point.strategy = strategy;
  return observable(point);
}

TEST(ReplayedTimes, AreThereOnceForAllKindsAndBlocks) {
  Point const point = replayed_steps_on_clocks();
  Replay const& replay = *point.fleet.replay();
  std::vector<Observable> const observables{observable(point), with_strategy(point, KBatchAsync{Share{1}})};
  std::vector<PlannedFleet> const fleets = plan_fleets(observables);
  ASSERT_EQ(fleets.front().kinds.size(), 2u);
  int uploads = 0;
  CountingQueue const queue{&uploads};
  ReplayedTimes<CountingQueue> times;
  for (int block = 0; block < 3; ++block) times.bring(queue, fleets);
  EXPECT_EQ(uploads, 1);
  float const* const excesses = times.of(replay);
  for (std::uint32_t step = 0; step < replay.steps(); ++step)
    for (std::size_t worker = 0; worker < replay.workers(); ++worker)
      EXPECT_EQ(excesses[step * replay.workers() + worker], replay.excess(worker, step));
}

TEST(ReplayedTimes, AreGivenBackWhereNobodyReadsThem) {
  Point const first = replayed_steps_on_clocks(), second = replayed_steps_on_clocks();
  std::vector<Observable> const of_first{observable(first)}, of_second{observable(second)};
  int uploads = 0;
  CountingQueue const queue{&uploads};
  ReplayedTimes<CountingQueue> times;
  for (auto const* const observables : {&of_first, &of_second, &of_first})
    times.bring(queue, plan_fleets(*observables));
  EXPECT_EQ(uploads, 3);
}

}  // namespace
}  // namespace dsgd::kernels
