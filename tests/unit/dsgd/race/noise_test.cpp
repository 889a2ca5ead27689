#include "dsgd/race/noise.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

/// Counter {2^27, direction, update / 4, replication}, word update mod 4.
TEST(NoiseWord, LiesAtAnAddressOfItsOwn) {
  for (std::uint64_t const update : {0ull, 3ull, 4ull, 1'000'001ull})
    for (std::uint32_t const direction : {0u, 63u}) {
      PhiloxBlock const block = philox4x32_10(
          {{1u << 27, direction, static_cast<std::uint32_t>(update / 4), 0xdeadbeef}}, philox_key(99));
      EXPECT_EQ(noise_word(99, 0xdeadbeef, direction, update), block.word[update % 4]);
    }
}

TEST(NormalOfWord, HasUnitVariance) {
  double sum = 0, squares = 0;
  constexpr std::uint32_t step = 4099, count = 0xffffffffu / step;  // evenly over all words
  for (std::uint32_t i = 0; i < count; ++i) {
    double const z = normal_of_word(i * step + step / 2);
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / count, 0, 1e-5);
  EXPECT_NEAR(squares / count, 1, 2e-5);
}

}  // namespace
}  // namespace dsgd
