// The heap of next arrivals, without a GPU.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <utility>
#include <vector>

// keep below the other headers: it redefines CUDA's words
#include "tests/support/launch.hpp"
// and the kernels below that
#include "kernels/fused/clocks/clock_heap.cuh"

namespace dsgd::kernels {
namespace {

/// Memory for some replications, of which one is looked at.
struct Memory {
  Memory(std::uint32_t replications, std::uint64_t workers)
      : bytes((replications * ClockRows::bytes_per_replication(workers, 3, true) + 31) / 8,
              0xa5a5a5a5a5a5a5a5),
        rows(clock_rows(aligned(), replications, workers, true)) {}

  std::byte* aligned() {
    auto* const start = reinterpret_cast<std::byte*>(bytes.data());
    return start + (32 - reinterpret_cast<std::uintptr_t>(start) % 32) % 32;
  }

  std::vector<std::uint64_t> bytes;
  ClockRows rows;
};

TEST(ClockRows, HaveNoArrayBeyondTheMemory) {
  for (std::uint32_t const workers : {1u, 2u, 5u, 6u, 100u})
    for (std::uint32_t const replications : {1u, 7u, 32u}) {
      Memory memory(replications, workers);
      ClockRows const& rows = memory.rows;
      std::uint32_t const places = static_cast<std::uint32_t>(ClockRows::groups(workers)) * 4 * replications;
      EXPECT_EQ(reinterpret_cast<std::byte*>(rows.times), memory.aligned());
      EXPECT_EQ(static_cast<void*>(rows.workers), static_cast<void*>(rows.times + places));
      EXPECT_EQ(static_cast<void*>(rows.progress), static_cast<void*>(rows.workers + places));
      EXPECT_EQ(
          reinterpret_cast<std::byte*>(rows.durations + std::size_t{3} * replications) - memory.aligned(),
          static_cast<std::ptrdiff_t>(replications * ClockRows::bytes_per_replication(workers, 3, true)));
    }
}

TEST(IsEarlier, KnowsTheOrderAcrossTheEndOfTheClock) {
  EXPECT_TRUE(is_earlier({~0ull - 5, 3}, {7, 2}));
  EXPECT_FALSE(is_earlier({7, 2}, {~0ull - 5, 3}));
  EXPECT_TRUE(is_earlier({7, 2}, {7, 3}));
  EXPECT_FALSE(is_earlier({7, 3}, {7, 3}));
  EXPECT_FALSE(is_earlier({7, 3}, {7, 2}));
}

/// Beside a sorted set, from a start near 2^64, with ties: arrivals are replaced, taken out, and taken in.
TEST(ClockHeap, GivesArrivalsInTheirOrder) {
  for (std::uint32_t const workers : {1u, 2u, 3u, 4u, 5u, 6u, 17u, 21u, 22u, 85u, 86u, 300u}) {
    Memory memory(3, workers);
    ClockHeap const heap(memory.rows, 1);
    std::mt19937_64 random(workers);
    std::uint64_t const start = ~std::uint64_t{0} - 1000;
    std::set<std::pair<std::uint64_t, std::uint32_t>> sorted;  // times since the start
    std::uint64_t now = 0;
    auto const draw = [&](std::uint32_t worker) {
      std::uint64_t const time = now + random() % (workers / 2 + 2);
      sorted.insert({time, worker});
      return ClockArrival{start + time, worker};
    };
    auto const expect_first = [&] {
      ClockArrival const first = heap.at(0);
      ASSERT_EQ(first.time - start, sorted.begin()->first);
      ASSERT_EQ(first.worker, sorted.begin()->second);
    };
    for (std::uint32_t worker = 0; worker < workers; ++worker) heap.add(worker, draw(worker));
    for (int round = 0; round < 300; ++round) {
      expect_first();
      auto const [time, worker] = *sorted.begin();
      now = time;
      if (round % 3 != 0) {
        sorted.erase(sorted.begin());
        heap.replace_first(workers, draw(worker));
        continue;
      }
      std::uint32_t const taken = 1 + static_cast<std::uint32_t>(random()) % workers;
      std::multiset<std::uint32_t> out;
      for (std::uint32_t size = workers; size > workers - taken; --size) {
        expect_first();
        out.insert(heap.at(0).worker);
        now = sorted.begin()->first;
        sorted.erase(sorted.begin());
        heap.remove_first(size, heap.at(0));
      }
      for (std::uint32_t size = workers - taken; size < workers; ++size) {
        std::uint32_t const again = heap.worker_at(size);
        ASSERT_EQ(out.erase(again), 1u) << "who was taken out stands behind the others";
        heap.add(size, draw(again));
      }
    }
  }
}

}  // namespace
}  // namespace dsgd::kernels
