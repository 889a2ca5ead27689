/// The delays of engine `cpu` are those of the model, word by word and bit by bit, for every instruction set.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "dsgd/law/exponential.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "parallel.hpp"
#include "simd.hpp"

namespace dsgd::test {
namespace {

constexpr std::uint32_t block_words = 4096;

struct Differences {
  std::uint64_t delays = 0;  ///< words whose delay differs from the model's
  std::uint64_t tails = 0;   ///< at least 1 where other words were found than those that need a tail word
};

/// How neighbours of a block lie in the order of words: vectors of words that are all above 3/4, or all
/// below, take other ways than those that have both.
enum class Order { ascending, scattered };

/// Words first, first + step, ... of one block, or an odd multiple of them: then all words are still met.
void compare_block(dsgd::InstructionSet const& kernels, std::uint32_t first, std::uint32_t step, Order order,
                   Exponential::Sampler law, Differences& differences) {
  std::array<std::uint32_t, block_words> words, expected;
  std::array<std::uint32_t, block_words + max_granule> tails;
  std::array<float, block_words> excesses;
  std::uint32_t const factor = order == Order::scattered ? 0x9E3779B9u : 1;
  InstructionSet const set = best_instruction_set();
  run(set, [&]() DSGD_INLINE_LAMBDA {
    for (std::uint32_t n = 0; n < block_words; ++n) words[n] = (first + n * step) * factor;
  });
  kernels.words.exponential(words.data(), block_words, law.scale_hi, law.scale_lo, excesses.data());
  std::uint32_t const found = kernels.words.find_tails(words.data(), block_words, tails.data());

  std::uint32_t needed = 0;
  run(set, [&]() DSGD_INLINE_LAMBDA {
    for (std::uint32_t n = 0; n < block_words; ++n)
      expected[n] = static_cast<std::uint32_t>(bits_from_float(law.excess(words[n], 0)));
    // Sums of this block alone, and no branches: else compilers make no vectors.
    std::uint32_t needing = 0, differing = 0;
    for (std::uint32_t n = 0; n < block_words; ++n) {
      std::uint32_t const needs = needs_tail(words[n]) ? 1 : 0;
      auto const bits = static_cast<std::uint32_t>(bits_from_float(excesses[n]));
      needing += needs;
      differing += (bits != expected[n] ? 1u : 0u) & ~needs;
    }
    needed = needing;
    differences.delays += differing;
  });
  // As many as need a tail word, each of which needs one, and none twice: then they are those words.
  differences.tails += found != needed;
  for (std::uint32_t i = 0; i < std::min(found, block_words); ++i) {
    std::uint32_t const n = tails[i];
    differences.tails += n >= block_words || !needs_tail(words[n]) || (i > 0 && n <= tails[i - 1]);
  }
}

Differences compare_words(dsgd::InstructionSet const& kernels, std::uint32_t step, Exponential::Sampler law,
                          Order order = Order::ascending) {
  std::uint32_t const stride = block_words * step;
  auto const blocks = static_cast<std::uint32_t>((std::uint64_t{1} << 32) / stride);
  Differences sum;
  auto const parts = for_each_block<Differences>(0, blocks, [&](Differences& part, std::uint32_t number) {
    compare_block(kernels, number * stride, step, order, law, part);
  });
  for (Differences const& part : parts) {
    sum.delays += part.delays;
    sum.tails += part.tails;
  }
  return sum;
}

/// A block of words of the lower end and one of the upper, under tail words that look random.
std::uint64_t differing_tails(dsgd::InstructionSet const& kernels, std::uint32_t first,
                              Exponential::Sampler law) {
  constexpr std::size_t both_ends = std::size_t{2} * block_words;
  std::array<std::uint32_t, both_ends> words, tails;
  std::array<float, both_ends> excesses;
  for (std::uint32_t n = 0; n < block_words; ++n) {
    words[n] = first + n;
    words[block_words + n] = ~words[n];
    tails[n] = words[n] * 0x9E3779B9u;
    tails[block_words + n] = ~tails[n] * 0xBB67AE85u;
  }
  kernels.words.exponential_of_tails(words.data(), tails.data(), both_ends, law.scale_hi, law.scale_lo,
                                     excesses.data());
  std::uint64_t differences = 0;
  for (std::size_t n = 0; n < both_ends; ++n)
    differences += bits_from_float(excesses[n]) != bits_from_float(law.excess(words[n], tails[n]));
  return differences;
}

class CpuLoopBits : public testing::TestWithParam<dsgd::InstructionSet const*> {};

TEST_P(CpuLoopBits, QuickEvery256thWordAtSeveralRates) {
  for (double const rate : {1e-36, 1.0 / 3, 2.0, 1e18})
    for (Order const order : {Order::ascending, Order::scattered}) {
      Differences const differences = compare_words(*GetParam(), 256, Exponential{rate}.sampler(), order);
      EXPECT_EQ(differences.delays, 0u) << rate;
      EXPECT_EQ(differences.tails, 0u) << rate;
    }
}

TEST_P(CpuLoopBits, AllWords) {
  for (Order const order : {Order::ascending, Order::scattered}) {
    Differences const differences = compare_words(*GetParam(), 1, Exponential{3.0}.sampler(), order);
    EXPECT_EQ(differences.delays, 0u);
    EXPECT_EQ(differences.tails, 0u);
  }
}

/// All words that need a tail word, each under one.
TEST_P(CpuLoopBits, QuickTails) {
  for (std::uint32_t first = 0; first < tail_cells; first += block_words)
    ASSERT_EQ(differing_tails(*GetParam(), first, Exponential{3.0}.sampler()), 0u) << first;
}

/// A few words under every 16th tail word.
TEST_P(CpuLoopBits, AllWordsOfTails) {
  Exponential::Sampler const law = Exponential{3.0}.sampler();
  for (std::uint32_t const word : {0u, 1u, ~0u, ~(tail_cells - 1)}) {
    auto const parts =
        for_each_block<std::uint64_t>(0, 1u << 18, [&](std::uint64_t& part, std::uint32_t number) {
          constexpr std::uint32_t count = 1u << 10;  // every 16th
          std::array<std::uint32_t, count> words, tails, expected;
          std::array<float, count> excesses;
          words.fill(word);
          for (std::uint32_t n = 0; n < count; ++n) tails[n] = (number * count + n) * 16 + number % 16;
          GetParam()->words.exponential_of_tails(words.data(), tails.data(), count, law.scale_hi,
                                                 law.scale_lo, excesses.data());
          std::uint32_t differing = 0;
          run(best_instruction_set(), [&]() DSGD_INLINE_LAMBDA {
            for (std::uint32_t n = 0; n < count; ++n)
              expected[n] = static_cast<std::uint32_t>(bits_from_float(law.excess(word, tails[n])));
            for (std::uint32_t n = 0; n < count; ++n)
              differing += static_cast<std::uint32_t>(bits_from_float(excesses[n])) != expected[n] ? 1 : 0;
          });
          part += differing;
        });
    for (std::uint64_t const part : parts) EXPECT_EQ(part, 0u) << word;
  }
}

/// Delays of a rate that differs in the 24th bit must not pass.
TEST_P(CpuLoopBits, QuickAWrongScaleIsNoticed) {
  Exponential::Sampler const law = Exponential{3.0}.sampler();
  dsgd::InstructionSet wrong = *GetParam();
  static dsgd::InstructionSet const* right;
  right = GetParam();
  wrong.words.exponential = [](std::uint32_t const* words, std::uint32_t count, float hi, float lo,
                               float* excesses) {
    right->words.exponential(words, count, std::nextafter(hi, 1.0f), lo, excesses);
  };
  EXPECT_GT(compare_words(wrong, 4096, law).delays, 0u);
}

/// A list of words that lacks one, has one twice, or has one that needs no tail word must not pass.
TEST_P(CpuLoopBits, QuickWrongTailsAreNoticed) {
  static dsgd::InstructionSet const* right;
  right = GetParam();
  using Indices = std::uint32_t*;
  using FindTails = decltype(WordLoops::find_tails);
  FindTails const lacking = [](std::uint32_t const* words, std::uint32_t count, Indices indices) {
    return right->words.find_tails(words, count, indices) - 1;
  };
  FindTails const repeating = [](std::uint32_t const* words, std::uint32_t count, Indices indices) {
    std::uint32_t const found = right->words.find_tails(words, count, indices);
    indices[1] = indices[0];
    return found;
  };
  FindTails const exchanging = [](std::uint32_t const* words, std::uint32_t count, Indices indices) {
    std::uint32_t const found = right->words.find_tails(words, count, indices);
    ++indices[found - 1];
    return found;
  };
  FindTails const adding = [](std::uint32_t const* words, std::uint32_t count, Indices indices) {
    std::uint32_t const found = right->words.find_tails(words, count, indices);
    indices[found] = indices[found - 1] + 1;
    return found + 1;
  };
  for (FindTails const find : {right->words.find_tails, lacking, repeating, exchanging, adding}) {
    dsgd::InstructionSet kernels = *right;
    kernels.words.find_tails = find;
    Differences differences;  // in a block of which one half needs tail words
    compare_block(kernels, tail_cells - block_words / 2, 1, Order::ascending, Exponential{3.0}.sampler(),
                  differences);
    EXPECT_EQ(differences.tails > 0, find != right->words.find_tails);
  }
}

/// Goes with the tests of all words by vectors, of which a processor without any has none.
TEST(CpuLoopBitsByVectors, AreThoseOfThisProcessor) {
  std::vector<std::string> kernels, sets;
  for (dsgd::InstructionSet const* const found : dsgd::available_instruction_sets())
    kernels.emplace_back(found->name);
  for (InstructionSet const set : available_instruction_sets()) sets.emplace_back(name(set));
  ASSERT_EQ(kernels, sets);
  if (sets.size() == 1) GTEST_SKIP() << "this processor has no AVX2";
}

INSTANTIATE_TEST_SUITE_P(Available, CpuLoopBits,
                         testing::ValuesIn(dsgd::available_instruction_sets().begin(),
                                           dsgd::available_instruction_sets().end()),
                         [](auto const& instance) { return std::string(instance.param->name); });

}  // namespace
}  // namespace dsgd::test
