#include "engines/cpu/drawn/extremes.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

constexpr Stream extremes_stream{7, 3};

using ExtremesTest = PerInstructionSet;

struct Expected {
  std::vector<std::uint32_t> smallest, largest;
};

Expected expected(std::uint64_t first, std::uint32_t count, std::uint32_t workers) {
  Expected e{std::vector<std::uint32_t>(count, ~0u), std::vector<std::uint32_t>(count, 0u)};
  for (std::uint32_t i = 0; i < count; ++i)
    for (std::uint32_t worker = 0; worker < workers; ++worker) {
      e.smallest[i] = std::min(e.smallest[i], draw_word(extremes_stream, first + i, worker));
      e.largest[i] = std::max(e.largest[i], draw_word(extremes_stream, first + i, worker));
    }
  return e;
}

/// `now` has the right words, and its changes are those since `before`.
void expect_step(WordsOfRun const& now, std::vector<std::uint32_t> const& before,
                 std::vector<std::uint32_t> const& words) {
  std::set<std::uint32_t> const changed(now.changed.begin(), now.changed.end());
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    ASSERT_EQ(now.words[i], words[i]) << i;
    bool const differs = now.step > 1 && words[i] != before[i];
    ASSERT_TRUE(!differs || changed.contains(i)) << i;
  }
  EXPECT_TRUE(changed.empty() || *changed.rbegin() < words.size());
}

/// Steps of all kinds: within a block of four, to the next, to its middle, far, and none.
TEST_P(ExtremesTest, FollowAnySequenceOfWorkers) {
  constexpr std::uint64_t first = (1ull << 32) - 300;
  Extremes extremes(set(), 256);
  for (std::uint32_t const count : {1u, 23u, 256u}) {
    extremes.start(extremes_stream, first, count);
    Expected before;
    std::uint32_t step = 0, last = 0;
    for (std::uint32_t const workers :
         {2u, 3u, 5u, 5u, 6u, 7u, 8u, 12u, 19u, 27u, 90u, 91u, 93u, 4099u, 4100u}) {
      extremes.extend_to(workers);
      step += workers != last;
      last = workers;
      Expected const now = expected(first, count, workers);
      EXPECT_EQ(extremes.smallest().step, step);
      expect_step(extremes.smallest(), before.smallest, now.smallest);
      expect_step(extremes.largest(), before.largest, now.largest);
      before = now;
    }
  }
}

TEST_P(ExtremesTest, AFewChangesAreListedExactly) {
  Extremes extremes(set(), 256);
  extremes.start(extremes_stream, 0, 256);
  extremes.extend_to(100);
  for (std::uint32_t const workers : {101u, 102u, 103u, 104u, 204u}) {
    Expected const before = expected(0, 256, workers == 204 ? 104 : workers - 1);
    Expected const now = expected(0, 256, workers);
    extremes.extend_to(workers);
    std::vector<std::uint32_t> falls, rises;
    for (std::uint32_t i = 0; i < 256; ++i) {
      if (now.smallest[i] != before.smallest[i]) falls.push_back(i);
      if (now.largest[i] != before.largest[i]) rises.push_back(i);
    }
    auto const vector = [](std::span<std::uint32_t const> s) {
      return std::vector<std::uint32_t>(s.begin(), s.end());
    };
    EXPECT_EQ(vector(extremes.smallest().changed), falls);
    EXPECT_EQ(vector(extremes.largest().changed), rises);
  }
}

INSTANTIATE_TEST_SUITE_P(Available, ExtremesTest, instruction_sets(), instruction_set_name);

}  // namespace
}  // namespace dsgd::test
