/// The bits of the logarithm and of the exponential law's delays do not depend on compiler, optimisation or
/// instruction set: compile this file with any and it must pass.
#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <numeric>
#include <string>

#include "dsgd/law/exponential.hpp"
#include "logarithms.hpp"
#include "parallel.hpp"
#include "simd.hpp"
#include "word_hash.hpp"

namespace dsgd::test {
namespace {

constexpr std::uint32_t block_words = 4096;

/// Sum over every `step`-th of the words first .. first + 4096 step - 1, which all need a tail or none does.
template <class Logarithm>
std::uint64_t hash_block(InstructionSet set, std::uint32_t first, std::uint32_t step, Logarithm logarithm) {
  std::array<std::uint32_t, block_words> k, t, bits;
  std::uint64_t sum = 0;
  for (std::uint32_t n = 0; n < block_words; ++n) k[n] = first + n * step;
  for (std::uint32_t i = 0; i < hashed_tails(first); ++i) {
    // one loop each: compilers make vectors of the logarithm alone
    run(set, [&]() DSGD_INLINE_LAMBDA {
      for (std::uint32_t n = 0; n < block_words; ++n) t[n] = hashed_tail(k[n], i);
      for (std::uint32_t n = 0; n < block_words; ++n) {
        bits[n] = static_cast<std::uint32_t>(bits_from_float(logarithm(k[n], t[n])));
      }
      for (std::uint32_t n = 0; n < block_words; ++n) sum += hash_term(k[n], i, bits[n]);
    });
  }
  return sum;
}

/// Sum over every `step`-th word.
template <class Logarithm>
std::uint64_t hash_words(InstructionSet set, std::uint32_t step, Logarithm logarithm) {
  std::uint32_t const stride = block_words * step;
  auto const blocks = static_cast<std::uint32_t>((std::uint64_t{1} << 32) / stride);
  auto const sums = for_each_block<std::uint64_t>(0, blocks, [&](std::uint64_t& sum, std::uint32_t number) {
    sum += hash_block(set, number * stride, step, logarithm);
  });
  return std::accumulate(sums.begin(), sums.end(), std::uint64_t{0});
}

class PortableLogBits : public testing::TestWithParam<InstructionSet> {};

TEST_P(PortableLogBits, QuickHashOfEvery256thWord) {
  std::uint64_t const hash = hash_words(GetParam(), sparse_step, Exact{});
  EXPECT_EQ(hash, golden_sparse_hash) << std::hex << "0x" << hash;
}

TEST_P(PortableLogBits, QuickHashNoticesOneBitOfOneWord) {
  auto const spoilt = [](std::uint32_t k, std::uint32_t t) DSGD_INLINE_LAMBDA {
    return float_from_bits(bits_from_float(neg_log_uniform(k, t)) ^ (k == 0x12345600u ? 1 : 0));
  };
  EXPECT_NE(hash_words(GetParam(), sparse_step, spoilt), golden_sparse_hash);
}

void expect_golden_hash(InstructionSet set) {
  std::uint64_t const hash = hash_words(set, 1, Exact{});
  std::cout << "hash of all words: 0x" << std::hex << hash << std::dec << '\n';
  EXPECT_EQ(hash, golden_hash);
}

TEST_P(PortableLogBits, HashOfAllWords) { expect_golden_hash(GetParam()); }

/// For a second compiler: seconds, where the portable set takes minutes.
TEST(PortableLogBitsOfTheBestSet, HashOfAllWords) { expect_golden_hash(best_instruction_set()); }

/// Goes with the tests of all words by vectors, which a processor without any leaves to those of every night.
TEST(ExponentialBitsByVectors, HashOfAllWords) {
  if (best_instruction_set() == InstructionSet::portable) GTEST_SKIP() << "this processor has no AVX2";
  Exponential::Sampler const law = Exponential{3.0}.sampler();
  auto const delay = [law](std::uint32_t k, std::uint32_t t) DSGD_INLINE_LAMBDA { return law.excess(k, t); };
  std::uint64_t const hash = hash_words(best_instruction_set(), 1, delay);
  EXPECT_EQ(hash, golden_exponential_hash) << std::hex << "0x" << hash;
}

INSTANTIATE_TEST_SUITE_P(Available, PortableLogBits, testing::ValuesIn(available_instruction_sets()),
                         [](auto const& instance) { return std::string(name(instance.param)); });

}  // namespace
}  // namespace dsgd::test
