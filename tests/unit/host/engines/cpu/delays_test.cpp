#include "engines/cpu/delays.hpp"

#include <variant>
#include <vector>

#include "support/cpu_points.hpp"
#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

constexpr Stream stream{42, 1000};
constexpr std::uint64_t first = (1ull << 40) + 123;

using DelaysTest = PerInstructionSet;

float delay(LawSampler const& law, std::uint32_t word, std::uint64_t iteration) {
  std::uint32_t const t = tail_word(stream, iteration, word);
  return std::visit([&](auto const& l) { return l.excess(word, t); }, law);
}

/// One in three needs a tail word.
std::vector<std::uint32_t> some_words(std::uint32_t count) {
  std::vector<std::uint32_t> words(count + max_granule);
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t const word = draw_word(stream, 1, i);
    words[i] = i % 6 == 1 ? word >> 12 : i % 6 == 3 ? ~(word >> 12) : word;
  }
  return words;
}

TEST_P(DelaysTest, OfSuccessiveIterations) {
  LawSampler const law = sampler(Law{Exponential{0.25}});
  Delays delays(set(), 1000);
  delays.start(stream, first);
  for (std::uint32_t const count : {1u, 16u, 33u, 1000u}) {
    std::vector<std::uint32_t> const words = some_words(count);
    std::vector<float> excesses(words.size());
    delays.find(law, words.data(), count, excesses.data());
    for (std::uint32_t i = 0; i < count; ++i) ASSERT_EQ(excesses[i], delay(law, words[i], first + i)) << i;
  }
}

TEST_P(DelaysTest, OfScatteredIterations) {
  LawSampler const law = sampler(Law{Exponential{0.25}});
  Delays delays(set(), 1000);
  delays.start(stream, first);
  for (std::uint32_t const count : {1u, 16u, 33u, 1000u}) {
    std::vector<std::uint32_t> const words = some_words(count);
    std::vector<std::uint32_t> offsets(words.size());
    for (std::uint32_t i = 0; i < count; ++i) offsets[i] = 5 * i + i % 3;
    std::vector<float> excesses(words.size());
    delays.find(law, words.data(), offsets.data(), count, excesses.data());
    for (std::uint32_t i = 0; i < count; ++i)
      ASSERT_EQ(excesses[i], delay(law, words[i], first + offsets[i])) << i;
  }
}

TEST_P(DelaysTest, OfEveryLaw) {
  std::vector<std::uint32_t> const words = some_words(99);
  std::vector<float> excesses(words.size());
  for (Law const& law : test_laws()) {
    Delays delays(set(), 99);
    delays.start(stream, first);
    delays.find(sampler(law), words.data(), 99, excesses.data());
    for (std::uint32_t i = 0; i < 99; ++i)
      ASSERT_EQ(excesses[i], delay(sampler(law), words[i], first + i)) << law_name(law) << " " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Available, DelaysTest, instruction_sets(), instruction_set_name);

}  // namespace
}  // namespace dsgd::test
