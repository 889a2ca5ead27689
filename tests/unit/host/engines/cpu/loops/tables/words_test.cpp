/// Each inner loop against its scalar definition.
#include "engines/cpu/loops/tables/words.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "dsgd/law/exponential.hpp"
#include "dsgd/summary/summary.hpp"
#include "engines/cpu/philox_plan.hpp"
#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

constexpr Stream words_stream{0x123456789abcdefu, 77};
constexpr std::uint64_t words_first = (5ull << 32) + 1000;
constexpr auto first_lo = static_cast<std::uint32_t>(words_first);
constexpr std::array<std::uint32_t, 5> counts{1, 15, 16, 17, 203};

using WordLoopsTest = PerInstructionSet;

/// `count` elements and padding, which holds the value, too.
template <class T>
std::vector<T> padded(std::uint32_t count, T value) {
  return std::vector<T>(count + 2 * max_granule, value);
}

/// Words of which one in eight needs a tail word.
std::vector<std::uint32_t> words_with_tails(std::uint32_t count) {
  auto words = padded<std::uint32_t>(count, 0);  // padding that needs one, too
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t const word = draw_word(words_stream, 9, i);
    words[i] = i % 16 == 3 ? word >> 12 : i % 16 == 10 ? ~(word >> 12) : word;
  }
  return words;
}

std::vector<std::uint32_t> first_of(std::vector<std::uint32_t> values, std::uint32_t count) {
  values.resize(count);
  return values;
}

TEST_P(WordLoopsTest, WordsAndExtremesAreThoseOfTheModel) {
  PhiloxPlan const plan = plan_philox(words_stream, static_cast<std::uint32_t>(words_first >> 32));
  constexpr std::uint32_t blocks = 9;
  PlannedBlocksBuffer planned(blocks + max_granule);
  set().words.plan_blocks(plan, 0, blocks, planned.blocks());
  for (std::uint32_t const count : counts) {
    std::uint32_t const stride = count + 2 * max_granule;
    std::vector<std::uint32_t> words(std::size_t{stride} * 4 * blocks);
    set().words.draw_words(plan, planned.blocks(), blocks, first_lo, count, stride, words.data());
    for (std::uint32_t worker = 0; worker < 4 * blocks; ++worker)
      for (std::uint32_t i = 0; i < count; ++i)
        ASSERT_EQ(words[worker * stride + i], draw_word(words_stream, words_first + i, worker))
            << worker << ' ' << i;

    for (std::uint32_t workers = 1; workers <= 4 * blocks; ++workers) {
      auto smallest = padded(count, 0u);
      auto largest = padded(count, ~0u);
      set().words.find_extremes(plan, {planned.blocks(), workers / 4, workers % 4}, first_lo, count,
                                smallest.data(), largest.data());
      for (std::uint32_t i = 0; i < count; ++i) {
        std::uint32_t low = ~0u, high = 0;
        for (std::uint32_t worker = 0; worker < workers; ++worker) {
          low = std::min(low, words[worker * stride + i]);
          high = std::max(high, words[worker * stride + i]);
        }
        ASSERT_EQ(smallest[i], low) << workers << ' ' << i;
        ASSERT_EQ(largest[i], high) << workers << ' ' << i;
      }
    }
  }
}

TEST_P(WordLoopsTest, ExtendedExtremesRememberWhatTheyWere) {
  PhiloxPlan const plan = plan_philox(words_stream, static_cast<std::uint32_t>(words_first >> 32));
  PlannedBlocksBuffer planned(2 * max_granule);
  set().words.plan_blocks(plan, 3, 2, planned.blocks());
  for (std::uint32_t const count : counts) {
    auto smallest = padded(count, 0x40000000u);
    auto largest = padded(count, 0xa0000000u);
    set().words.extend_extremes(plan, {planned.blocks(), 1, 2}, first_lo, count, smallest.data(),
                                largest.data());
    for (std::uint32_t i = 0; i < count; ++i) {
      std::uint32_t low = 0x40000000u, high = 0xa0000000u;
      for (std::uint32_t worker = 12; worker < 18; ++worker) {
        low = std::min(low, draw_word(words_stream, words_first + i, worker));
        high = std::max(high, draw_word(words_stream, words_first + i, worker));
      }
      ASSERT_EQ(smallest[i], low) << i;
      ASSERT_EQ(largest[i], high) << i;
    }
  }
}

TEST_P(WordLoopsTest, ExtendingByWordsListsWhatChanges) {
  for (std::uint32_t const count : counts) {
    auto const words = words_with_tails(count);
    auto smallest = padded(count, 0x40000000u);
    auto largest = padded(count, 0xa0000000u);
    auto to_smallest = padded(count, 0u);
    auto to_largest = padded(count, 0u);
    to_smallest[0] = 0;  // what an earlier call found
    ExtremeChanges const changes = set().words.extend_by_words(
        words.data(), count, smallest.data(), largest.data(), {1, 0}, to_smallest.data(), to_largest.data());

    std::vector<std::uint32_t> falls{0}, rises;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (words[i] < 0x40000000u) falls.push_back(i);
      if (words[i] > 0xa0000000u) rises.push_back(i);
      ASSERT_EQ(smallest[i], std::min(words[i], 0x40000000u));
      ASSERT_EQ(largest[i], std::max(words[i], 0xa0000000u));
    }
    EXPECT_EQ(first_of(to_smallest, changes.smallest), falls);
    EXPECT_EQ(first_of(to_largest, changes.largest), rises);
  }
}

TEST_P(WordLoopsTest, FindsChangesAndTailsAndNoPadding) {
  for (std::uint32_t const count : counts) {
    auto const words = words_with_tails(count);
    auto before = words;
    std::vector<std::uint32_t> changed, tails;
    for (std::uint32_t i = 0; i < before.size(); ++i) {
      if (i % 7 != 2 && i < count) continue;
      before[i] ^= 1u << i % 32;
      if (i < count) changed.push_back(i);
    }
    for (std::uint32_t i = 0; i < count; ++i)
      if (needs_tail(words[i])) tails.push_back(i);
    auto found = padded(count, 0u);
    std::uint32_t const changes = set().words.find_changes(words.data(), before.data(), count, found.data());
    EXPECT_EQ(first_of(found, changes), changed);
    std::uint32_t const in_tails = set().words.find_tails(words.data(), count, found.data());
    EXPECT_EQ(first_of(found, in_tails), tails);
  }
}

/// Where hardly any word needs one, vectors are looked at several at a time.
TEST_P(WordLoopsTest, FindsTheOnlyTailAnywhere) {
  constexpr std::uint32_t count = 203;
  auto found = padded(count, 0u);
  auto words = padded(count, 0x12345678u);
  EXPECT_EQ(set().words.find_tails(words.data(), count, found.data()), 0u);
  for (std::uint32_t i = 0; i < count; ++i)
    for (std::uint32_t const word : {0u, tail_cells - 1, ~0u, ~(tail_cells - 1)}) {
      words[i] = word;
      ASSERT_EQ(set().words.find_tails(words.data(), count, found.data()), 1u) << i << ' ' << word;
      ASSERT_EQ(found[0], i);
      words[i] = tail_cells + i;
    }
}

/// Vectors whose words are all near one, or none, take shorter ways; one word among others must not.
TEST_P(WordLoopsTest, DelaysAreThoseOfTheModelAmongAnyOthers) {
  Exponential::Sampler const law = Exponential{3.0}.sampler();
  constexpr std::uint32_t count = 203, limit = 0xC0000000u;
  std::vector<float> excesses(count + max_granule);
  for (std::uint32_t const most : {0x12345678u, limit - 1, limit, 0xF2345678u})
    for (std::uint32_t const one : {0x00BFFFFFu, 0x7fffffffu, 0x80000000u, limit - 1, limit, 0xFF000000u})
      for (std::uint32_t place = 0; place < count; ++place) {
        auto words = padded(count, most);
        words[place] = one;
        set().words.exponential(words.data(), count, law.scale_hi, law.scale_lo, excesses.data());
        for (std::uint32_t i = 0; i < count; ++i)
          ASSERT_EQ(excesses[i], law.excess(words[i], 0)) << place << ' ' << i;
      }
}

/// Words of four workers each, sorted; behind them workers who are not there. Then all eight, by a
/// comparator.
TEST_P(WordLoopsTest, NetworksSortFoursFirst) {
  PhiloxPlan const plan = plan_philox(words_stream, static_cast<std::uint32_t>(words_first >> 32));
  PlannedBlocksBuffer planned(2 + max_granule);
  set().words.plan_blocks(plan, 0, 2, planned.blocks());
  std::size_t const granule = set().words.granule;
  Comparator const comparator{1, 0};
  for (std::uint32_t const comparators : {0u, 1u}) {
    std::vector<std::uint32_t> words(8 * granule);
    set().words.draw_and_sort(plan, {planned.blocks(), 1, 2}, first_lo, {&comparator, comparators},
                              words.data());
    std::vector<std::uint32_t> sorted_by_hand(8 * granule);
    for (std::size_t i = 0; i < granule; ++i) {
      std::array<std::uint32_t, 8> drawn, expected;
      drawn.fill(~0u);
      for (std::uint32_t worker = 0; worker < 6; ++worker)
        drawn[worker] = draw_word(words_stream, words_first + i, worker);
      for (std::uint32_t w = 0; w < 8; ++w) sorted_by_hand[w * granule + i] = drawn[w];
      expected = drawn;
      if (comparators == 0) {
        std::sort(expected.begin(), expected.begin() + 4);
        std::sort(expected.begin() + 4, expected.end());
      } else {
        std::sort(expected.begin(), expected.end());
        std::rotate(expected.begin(), expected.begin() + 4, expected.end());  // the smaller half is number 1
      }
      for (std::uint32_t w = 0; w < 8; ++w) ASSERT_EQ(words[w * granule + i], expected[w]) << w << ' ' << i;
    }
    set().words.sort_by_network({&comparator, comparators}, 2, sorted_by_hand.data());
    EXPECT_EQ(sorted_by_hand, words);
  }
}

TEST_P(WordLoopsTest, TailWordsAreThoseOfTheModel) {
  PhiloxPlan const plan = plan_philox({words_stream.seed, words_stream.id | tail_stream_bit},
                                      static_cast<std::uint32_t>(words_first >> 32));
  for (std::uint32_t const count : counts) {
    auto iterations = padded(count, 0u);
    auto words = padded(count, 0u);
    auto tails = padded(count, 0u);
    for (std::uint32_t i = 0; i < count; ++i) {
      iterations[i] = first_lo + i * i;
      words[i] = i % 2 == 0 ? i * 1000 : ~(i * 1001);
    }
    words[0] = tail_cells - 1;
    set().words.draw_tails(plan, iterations.data(), words.data(), count, tails.data());
    for (std::uint32_t i = 0; i < count; ++i) {
      std::uint64_t const iteration = words_first + std::uint64_t{i} * i;
      ASSERT_EQ(tails[i], tail_word(words_stream, iteration, words[i])) << i;
    }
  }
}

TEST_P(WordLoopsTest, DelaysAreThoseOfTheModel) {
  Exponential::Sampler const law = Exponential{3.0}.sampler();
  for (std::uint32_t const count : counts) {
    auto const words = words_with_tails(count);
    auto excesses = padded(count, 0.0f);
    set().words.exponential(words.data(), count, law.scale_hi, law.scale_lo, excesses.data());
    for (std::uint32_t i = 0; i < count; ++i) {
      if (needs_tail(words[i])) continue;
      ASSERT_EQ(excesses[i], law.excess(words[i], 0)) << words[i];
    }

    auto ends = words;
    for (std::uint32_t& word : ends) word = word >> 31 ? ~(~word >> 11) : word >> 11;
    auto const tails = words_with_tails(count);
    set().words.exponential_of_tails(ends.data(), tails.data(), count, law.scale_hi, law.scale_lo,
                                     excesses.data());
    for (std::uint32_t i = 0; i < count; ++i)
      ASSERT_EQ(excesses[i], law.excess(ends[i], tails[i])) << ends[i] << ' ' << tails[i];
  }
}

/// Ticks of all sizes, up to the largest that is allowed.
TEST_P(WordLoopsTest, SumsAreExact) {
  for (std::uint32_t const count : {1u, 15u, 16u, 17u, 203u, 5000u}) {
    std::vector<float> excesses(count);
    for (std::uint32_t i = 0; i < count; ++i)
      excesses[i] = static_cast<float>(draw_word(words_stream, 3, i) >> i % 32) * 0x1p-22f;
    excesses[count / 2] = 0x1p10f - 0x1p-14f;  // 2^31 - 128 ticks
    int const quantum_exponent = -21;
    ArraySums const sums = set().words.sum(excesses.data(), count, 0x1p21f);
    Summary expected;
    for (float const excess : excesses) expected.add(excess, quantum_exponent);
    EXPECT_EQ(uint128{sums.ticks}, expected.ticks);
    EXPECT_EQ(widen<3>(uint128{sums.squares_low} + (uint128{sums.squares_high} << 32)),
              expected.squared_ticks);
    EXPECT_EQ(sums.smallest, expected.minimum);
    EXPECT_EQ(sums.largest, expected.maximum);
  }
}

INSTANTIATE_TEST_SUITE_P(Available, WordLoopsTest, instruction_sets(), instruction_set_name);

}  // namespace
}  // namespace dsgd::test
