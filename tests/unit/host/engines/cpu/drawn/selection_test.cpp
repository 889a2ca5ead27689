#include "engines/cpu/drawn/selection.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

constexpr Stream selection_stream{11, 6};
constexpr std::uint64_t selection_first = (3ull << 32) + 50;

class SelectionTest : public PerInstructionSet {
 protected:
  void expect_right(std::uint32_t workers, std::vector<std::uint32_t> const& ranks, std::uint32_t count) {
    selection_.start(selection_stream, selection_first, count);
    selection_.find(workers, ranks);
    for (std::uint32_t i = 0; i < count; ++i) {
      std::vector<std::uint32_t> words(workers);
      for (std::uint32_t worker = 0; worker < workers; ++worker)
        words[worker] = draw_word(selection_stream, selection_first + i, worker);
      std::sort(words.begin(), words.end(), std::greater<>());  // fastest first
      for (std::size_t n = 0; n < ranks.size(); ++n)
        ASSERT_EQ(selection_.words(n)[i], words[ranks[n] - 1])
            << "rank " << ranks[n] << " of " << workers << ", iteration " << i;
    }
  }

  Selection selection_{set(), 300};
};

TEST_P(SelectionTest, AnyRankOfUpTo20Workers) {
  for (std::uint32_t workers = 1; workers <= 20; ++workers)
    for (std::uint32_t rank = 1; rank <= workers; ++rank) expect_right(workers, {rank}, 37);
}

TEST_P(SelectionTest, ByNetwork) {
  for (std::uint32_t const workers : {63u, 64u, 65u, 100u, 254u, 255u, 256u})
    for (std::uint32_t const rank : {1u, 2u, 4u, workers / 3, workers - 4, workers - 1, workers})
      expect_right(workers, {rank}, 40);
}

TEST_P(SelectionTest, ByWindow) {
  for (std::uint32_t const workers : {257u, 319u, 320u, 321u, 1024u})
    for (std::uint32_t const rank : {1u, 2u, 4u, workers / 3, workers - 24, workers - 1, workers})
      expect_right(workers, {rank}, 40);
}

/// More blocks than are planned at a time.
TEST_P(SelectionTest, ByWindowOfManyWorkers) {
  for (std::uint32_t const rank : {2u, 7000u, 8999u}) expect_right(9001, {rank}, 17);
}

/// Kernels that look into a wrong window, unless it is that of all words.
InstructionSet with_windows(InstructionSet const& set,
                            void (*change)(WordWindow& window, std::uint32_t& capacity)) {
  static InstructionSet const* right;
  static void (*spoil)(WordWindow&, std::uint32_t&);
  right = &set;
  spoil = change;
  InstructionSet wrong = set;
  wrong.words.collect = [](PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t begin,
                           std::uint32_t count, WordWindow const& window, std::uint32_t capacity,
                           std::uint32_t* words, CollectedWords* collected) {
    WordWindow used = window;
    std::uint32_t limit = capacity;
    if (window.width != ~0u) spoil(used, limit);
    right->words.collect(plan, blocks, begin, count, used, limit, words, collected);
  };
  return wrong;
}

TEST_P(SelectionTest, RightWhereTheWindowIsWrong) {
  for (auto const spoil : {+[](WordWindow&w, std::uint32_t&) { w.width = 0; },
                           +[](WordWindow&w, std::uint32_t&) {
                             w = {0, w.low / 2};
                           },
                           +[](WordWindow&w, std::uint32_t&) {
                             w = {~w.low, w.low};
                           },
                           +[](WordWindow&w, std::uint32_t&) {
                             w = {0, ~1u};
                           }}) {
    InstructionSet const wrong = with_windows(set(), spoil);
    selection_ = Selection(wrong, 300);
    expect_right(401, {200}, 40);
  }
}

/// A window misses one iteration in some ten thousand.
TEST_P(SelectionTest, ByWindowInManyIterations) {
  for (int part = 0; part < 100; ++part) {
    std::uint64_t const begin = selection_first + 300 * static_cast<std::uint64_t>(part);
    selection_.start(selection_stream, begin, 300);
    selection_.find(400, std::array{200u, 398u});
    for (std::uint32_t i = 0; i < 300; ++i) {
      std::vector<std::uint32_t> words(400);
      for (std::uint32_t block = 0; block < 100; ++block)
        std::copy_n(word_block(selection_stream, begin + i, block).word, 4,
                    words.data() + std::size_t{4} * block);
      for (std::size_t n : {0u, 1u}) {
        auto const place = words.begin() + (n == 0 ? 200 : 2);
        std::nth_element(words.begin(), place, words.end());
        ASSERT_EQ(selection_.words(n)[i], *place) << begin + i;
      }
    }
  }
}

TEST_P(SelectionTest, SeveralRanksAtOnce) {
  expect_right(50, {7, 49, 2, 7}, 300);
  expect_right(500, {7, 499, 250}, 20);
  expect_right(50, {7}, 16);
}

INSTANTIATE_TEST_SUITE_P(Available, SelectionTest, instruction_sets(), instruction_set_name);

}  // namespace
}  // namespace dsgd::test
