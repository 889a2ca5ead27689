#include "engines/cpu/loops/laws.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "support/example_laws.hpp"

namespace dsgd {
namespace {

constexpr std::uint32_t count = 4099;  // vectors and a rest

struct Inputs {
  std::vector<std::uint32_t> words, tails;
  std::vector<double> hazards;

  Inputs() {
    std::mt19937_64 random(7);
    for (std::uint32_t i = 0; i < count; ++i) {
      auto const j = static_cast<std::uint32_t>(random() >> 32) >> (random() % 32);
      words.push_back(i % 2 == 0 ? j : ~j);
      tails.push_back(static_cast<std::uint32_t>(random()));
      hazards.push_back(std::exp(-87.0 + 91.5 * static_cast<double>(random() >> 11) * 0x1p-53));
    }
  }
};

template <class L>
class LawLoopsOf : public testing::Test {};
TYPED_TEST_SUITE(LawLoopsOf, LawTypes);

/// On every instruction set of this machine, for every law: the bits of one delay at a time.
TYPED_TEST(LawLoopsOf, GiveTheBitsOfSingleDelays) {
  Inputs const in;
  std::vector<float> excesses(count);
  for (InstructionSet const* const set : available_instruction_sets()) {
    LawLoops const& loops = *set->laws;
    for (TypeParam const& law : example_laws<TypeParam>()) {
      auto const sampler = law.sampler();
      loops.of_words(sampler, in.words.data(), in.tails.data(), count, excesses.data());
      for (std::uint32_t i = 0; i < count; ++i)
        ASSERT_EQ(excesses[i], sampler.excess(in.words[i], in.tails[i])) << set->name << " " << i;
      loops.of_words(sampler, in.words.data(), nullptr, count, excesses.data());
      for (std::uint32_t i = 0; i < count; ++i)
        ASSERT_EQ(excesses[i], sampler.excess(in.words[i], 0)) << set->name << " " << i;
      loops.of_hazards(sampler, in.hazards.data(), count, excesses.data());
      for (std::uint32_t i = 0; i < count; ++i)
        ASSERT_EQ(excesses[i], sampler.excess_at(in.hazards[i])) << set->name << " " << i;
    }
  }
}

}  // namespace
}  // namespace dsgd
