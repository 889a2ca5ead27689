// The project's Philox against cuRAND's own: its device header compiled for the host, and its host generator.
#include <cuda_runtime.h>
#include <curand.h>
#define QUALIFIERS inline static __host__ __device__
#include <curand_kernel.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "dsgd/draw/address.hpp"

namespace dsgd {
namespace {

/// State of cuRAND's generator in front of draw `index`, by the (subsequence, offset) that draw.hpp promises.
curandStatePhilox4_32_10_t state_at(Stream stream, std::uint64_t iteration, std::uint64_t index) {
  std::uint64_t const low = iteration & 0xffffffffu, high = iteration >> 32;
  std::uint64_t const subsequence = (low << 32) + high;
  std::uint64_t const offset = 4 * ((index / 4 << 32) + stream.id) + index % 4;
  curandStatePhilox4_32_10_t state;
  curand_init(stream.seed, subsequence, offset, &state);
  return state;
}

TEST(CurandHeader, GivesTheWordsOfEveryAddress) {
  std::uint64_t const carry = std::uint64_t{1} << 32;
  for (std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, carry - 1, carry, ~std::uint64_t{0}})
    for (std::uint32_t id : {0u, 1u, max_workers, tail_stream_bit, tail_stream_bit | max_workers})
      for (std::uint64_t iteration : {std::uint64_t{0}, carry - 1, carry, carry + 1, max_iterations - 1})
        // cuRAND's offset has 64 bits, so it reaches the first 2^30 blocks of an iteration
        for (std::uint64_t index : {0u, 1u, 2u, 3u, 4u, 5u, max_workers - 1, max_workers, (1u << 31) - 1}) {
          curandStatePhilox4_32_10_t state = state_at({seed, id}, iteration, index);
          ASSERT_EQ(curand(&state), draw_word({seed, id}, iteration, index))
              << seed << ' ' << id << ' ' << iteration << ' ' << index;
        }
}

TEST(CurandHeader, CarriesIntoTheSecondWordOfTheCounter) {
  // one word after the last stream of a block comes the first stream of the next block
  Stream const last{5, ~0u}, first{5, 0};
  for (std::uint64_t block : {0u, 1u, 1000u}) {
    curandStatePhilox4_32_10_t state = state_at(last, 3, 4 * block);
    for (std::uint32_t i = 0; i < 4; ++i) ASSERT_EQ(curand(&state), draw_word(last, 3, 4 * block + i));
    for (std::uint32_t i = 0; i < 4; ++i) ASSERT_EQ(curand(&state), draw_word(first, 3, 4 * (block + 1) + i));
  }
}

TEST(CurandHeader, StatelessFunctionIsTheProjectsPhilox) {
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    PhiloxBlock const random = philox4x32_10({{i, 0, 0, 0}}, {{1, 2}});
    auto const [a, b, c, d] = random.word;
    PhiloxBlock const mine = philox4x32_10(random, {{d ^ i, a}});
    uint4 const theirs = curand_Philox4x32_10(make_uint4(a, b, c, d), make_uint2(d ^ i, a));
    ASSERT_TRUE(mine.word[0] == theirs.x && mine.word[1] == theirs.y && mine.word[2] == theirs.z &&
                mine.word[3] == theirs.w);
  }
}

/// The host generator gives block b, of four words, at subsequence b mod 65536 and offset b / 65536.
TEST(CurandHostGenerator, GivesFourMillionBlocks) {
  constexpr std::uint64_t seed = 0x123456789abcdef0u, blocks = (std::uint64_t{4} << 20) + 17;
  curandGenerator_t generator = nullptr;
  ASSERT_EQ(curandCreateGeneratorHost(&generator, CURAND_RNG_PSEUDO_PHILOX4_32_10), CURAND_STATUS_SUCCESS);
  ASSERT_EQ(curandSetGeneratorOrdering(generator, CURAND_ORDERING_PSEUDO_LEGACY), CURAND_STATUS_SUCCESS);
  ASSERT_EQ(curandSetPseudoRandomGeneratorSeed(generator, seed), CURAND_STATUS_SUCCESS);
  std::vector<std::uint32_t> words(4 * blocks);
  ASSERT_EQ(curandGenerate(generator, words.data(), words.size()), CURAND_STATUS_SUCCESS);
  ASSERT_EQ(curandDestroyGenerator(generator), CURAND_STATUS_SUCCESS);
  std::uint64_t wrong = 0;
  for (std::uint64_t b = 0; b < blocks; ++b) {
    // counter {offset, 0, subsequence, 0}: stream `offset`, draw block 0, iteration subsequence 2^32
    PhiloxBlock const block = word_block({seed, static_cast<std::uint32_t>(b / 65536)}, (b % 65536) << 32, 0);
    for (std::uint32_t i = 0; i < 4; ++i) wrong += block.word[i] != words[4 * b + i];
  }
  EXPECT_EQ(wrong, 0u);
}

}  // namespace
}  // namespace dsgd
