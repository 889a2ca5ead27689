#include "dsgd/engine/block_queue.hpp"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

namespace dsgd {
namespace {

Batch batch_of(std::uint32_t workers) {
  return {{1, workers}, {{{{workers, Exponential{}.sampler(), 0, 0}}, OrderStatistic{workers}, -24}}};
}

TEST(BlockQueue, HandsOutEveryIterationOnce) {
  Batch const small = batch_of(3);
  Batch const large = batch_of(1000);
  std::vector<Work> const work{{&small, {10, 100}, {}},
                               {&large, {0, 1}, {}},
                               {&small, {0, 0}, {}},
                               {&large, {(1ull << 50) - 7, 7}, {}}};
  for (std::uint64_t const block_draws : {1ull, 30ull, 100ull, 2000ull, 1ull << 40}) {
    BlockQueue queue(work, {block_draws});
    std::map<Work const*, std::map<std::uint64_t, int>> seen;
    std::uint64_t blocks = 0;
    for (BlockQueue::Block block; queue.take(block); ++blocks)
      for (std::uint64_t i = 0; i < block.iterations.count; ++i)
        ++seen[block.work][block.iterations.first + i];
    EXPECT_EQ(blocks, queue.size());
    for (Work const& piece : work) {
      EXPECT_EQ(seen[&piece].size(), piece.iterations.count) << block_draws;
      for (auto const& [iteration, times] : seen[&piece]) {
        EXPECT_EQ(times, 1);
        EXPECT_GE(iteration, piece.iterations.first);
        EXPECT_LT(iteration, piece.iterations.first + piece.iterations.count);
      }
    }
  }
}

/// 2^50 iterations of 2^24 - 1 workers are more than 2^64 draws; their blocks are numbered all the same.
TEST(BlockQueue, AddressesTheLargestPoint) {
  Batch const batch = batch_of(max_workers);
  std::vector<Work> const work{{&batch, {0, max_iterations}, {}}};
  BlockQueue queue(work, {1u << 16});
  EXPECT_EQ(queue.size(), max_iterations);
  BlockQueue::Block block{};
  ASSERT_TRUE(queue.take(block));
  EXPECT_EQ(block.iterations.count, 1u);
}

TEST(BlockQueue, BlocksAreMultiplesOfTheGranule) {
  Batch const batch = batch_of(10);
  std::vector<Work> const work{{&batch, {5, 1000}, {}}};
  for (auto const& [draws, length] : {std::pair{1, 32}, std::pair{320, 32}, std::pair{1000, 96}}) {
    BlockQueue queue(work, {static_cast<std::uint64_t>(draws), 32});
    BlockQueue::Block block{};
    ASSERT_TRUE(queue.take(block));
    EXPECT_EQ(block.iterations.count, static_cast<std::uint64_t>(length));
  }
}

TEST(BlockQueue, IsEmptyWithoutWork) {
  BlockQueue queue({}, {100});
  BlockQueue::Block block{};
  EXPECT_FALSE(queue.take(block));
}

TEST(RunBlocks, AddsUpWhateverTheThreads) {
  Batch const batch = batch_of(4);
  auto const count = [](Batch const&, IterationRange range, std::span<Summary> summaries) {
    for (std::uint64_t i = 0; i < range.count; ++i) summaries[0].add(static_cast<float>(range.first + i), 0);
  };
  for (unsigned const threads : {1u, 2u, 3u, 16u}) {
    Summary summary;
    std::vector<Work> const work{{&batch, {0, 500}, {&summary, 1}}, {&batch, {500, 501}, {&summary, 1}}};
    run_blocks(work, {40}, threads, count);
    EXPECT_EQ(summary.iterations, 1001u);
    EXPECT_TRUE(summary.ticks == 1000u * 1001 / 2);
  }
}

TEST(RunBlocks, PassesOnWhatAThreadThrows) {
  Batch const batch = batch_of(1);
  std::vector<Work> const work{{&batch, {0, 1000}, {}}};
  auto const fail = [](Batch const&, IterationRange range, std::span<Summary>) {
    if (range.first >= 500) throw std::runtime_error("no");
  };
  EXPECT_THROW(run_blocks(work, {1}, 3, fail), std::runtime_error);
}

}  // namespace
}  // namespace dsgd
