#include <algorithm>
#include <cstdint>
#include <vector>

#include "dsgd/draw/address.hpp"
#include "engines/cpu/loops/tables/words.hpp"
#include "engines/cpu/philox_plan.hpp"
#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

constexpr Stream collect_stream{0x123456789abcdefu, 77};
constexpr std::uint64_t collect_first = (5ull << 32) + 1000;

using CollectTest = PerInstructionSet;

TEST_P(CollectTest, FindsTheWordsOfAWindow) {
  PhiloxPlan const plan = plan_philox(collect_stream, collect_first >> 32);
  constexpr std::uint32_t blocks = 40, count = 3, capacity = 160;
  constexpr std::size_t list_length = capacity + collect_slack;
  PlannedBlocksBuffer planned(blocks + max_granule);
  set().words.plan_blocks(plan, 0, blocks, planned.blocks());
  for (std::uint32_t const workers : {1u, 4u, 63u, 64u, 65u, 127u, 128u, 131u, 160u})
    for (WordWindow const window :
         {WordWindow{0, ~0u}, {0x30000000u, 0x50000000u}, {0, 1u << 30}, {1u << 31, ~0u >> 1}}) {
      std::vector<std::uint32_t> words(count * list_length);
      std::vector<CollectedWords> collected(count);
      set().words.collect(plan, {planned.blocks(), workers / 4, workers % 4},
                          std::uint32_t{collect_first & 0xffffffff}, count, window, capacity, words.data(),
                          collected.data());
      for (std::uint32_t i = 0; i < count; ++i) {
        std::vector<std::uint32_t> expected;
        std::uint32_t below = 0;
        for (std::uint32_t worker = 0; worker < workers; ++worker) {
          std::uint32_t const word = draw_word(collect_stream, collect_first + i, worker);
          below += word < window.low;
          if (word >= window.low && word - window.low <= window.width) expected.push_back(word);
        }
        auto const begin = words.data() + i * list_length;
        std::vector<std::uint32_t> found(begin, begin + collected[i].found);
        std::sort(expected.begin(), expected.end());
        std::sort(found.begin(), found.end());
        EXPECT_EQ(found, expected) << workers;
        EXPECT_EQ(collected[i].below, below) << workers;
      }
    }
}

/// A list goes on where an earlier call left it, and stops when it is full.
TEST_P(CollectTest, StopsAtTheCapacity) {
  PhiloxPlan const plan = plan_philox(collect_stream, collect_first >> 32);
  constexpr std::uint32_t blocks = 200;
  PlannedBlocksBuffer planned(blocks + max_granule);
  set().words.plan_blocks(plan, 0, blocks, planned.blocks());
  for (std::uint32_t const capacity : {1u, 70u, 500u}) {
    std::vector<std::uint32_t> words(capacity + collect_slack, 17u);
    CollectedWords collected{3, 1};
    set().words.collect(plan, {planned.blocks(), blocks, 0}, std::uint32_t{collect_first & 0xffffffff}, 1,
                        {0, ~0u}, capacity, words.data(), &collected);
    EXPECT_EQ(words[0], 17u);
    EXPECT_EQ(collected.below, 3u);
    EXPECT_GT(collected.found, capacity);
    std::uint32_t const found = collected.found;
    ASSERT_LE(found, words.size());
    set().words.collect(plan, {planned.blocks(), blocks, 0}, std::uint32_t{collect_first & 0xffffffff}, 1,
                        {0, ~0u}, capacity, words.data(), &collected);
    EXPECT_EQ(collected.found, found);
  }
}

INSTANTIATE_TEST_SUITE_P(Available, CollectTest, instruction_sets(), instruction_set_name);

}  // namespace
}  // namespace dsgd::test
