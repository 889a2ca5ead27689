#include "engines/cpu/drawn/runtimes.hpp"

#include <vector>

#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

constexpr Stream runtimes_stream{5, 0};

class RuntimesTest : public PerInstructionSet {
 protected:
  /// A sequence of words, of which some change from step to step.
  class Sequence {
   public:
    explicit Sequence(std::uint32_t count) : count_(count), words_(count + max_granule) {
      for (std::uint32_t i = 0; i < count; ++i) words_[i] = draw_word(runtimes_stream, 0, i);
    }

    void step(std::vector<std::uint32_t> changed, std::uint32_t shift) {
      ++step_;
      changed_ = std::move(changed);
      for (std::uint32_t const i : changed_) words_[i] = draw_word(runtimes_stream, step_, i) >> shift;
    }

    WordsOfRun now() const { return {words_.data(), changed_, step_}; }

    Summary summary(Exponential::Sampler law, std::uint64_t first, int quantum_exponent) const {
      Summary sum;
      for (std::uint32_t i = 0; i < count_; ++i)
        sum.add(law.excess(words_[i], tail_word(runtimes_stream, first + i, words_[i])), quantum_exponent);
      return sum;
    }

   private:
    std::uint32_t count_;
    std::vector<std::uint32_t> words_, changed_;
    std::uint32_t step_ = 1;
  };

  void expect_right(Sequence const& sequence, int quantum_exponent) {
    EXPECT_EQ(runtimes_.of(sequence.now(), quantum_exponent, delays_),
              sequence.summary(law_, first, quantum_exponent));
  }

  void start(std::uint32_t count) {
    delays_.start(runtimes_stream, first);
    runtimes_.start(LawSampler{law_}, count);
  }

  static constexpr std::uint64_t first = 1000;
  Exponential::Sampler law_ = Exponential{2.0}.sampler();
  Delays delays_{set(), 300};
  Runtimes runtimes_{set(), 300};
};

TEST_P(RuntimesTest, FollowFewAndManyChanges) {
  for (std::uint32_t const count : {1u, 16u, 299u}) {
    Sequence sequence(count);
    start(count);
    expect_right(sequence, -24);
    for (std::uint32_t step = 0; step < 40; ++step) {
      std::vector<std::uint32_t> changed;
      for (std::uint32_t i = step % 7; i < count; i += 1 + step * step % 97) changed.push_back(i);
      sequence.step(changed, step % 3 * 11);  // towards the long delays and back, with tail words
      expect_right(sequence, -24 + static_cast<int>(step) / 13);
    }
  }
}

/// Few of many change, so that sums are corrected, the extremes among them.
TEST_P(RuntimesTest, TheSmallestAndTheLargestMayGo) {
  constexpr std::uint32_t count = 299;
  Sequence sequence(count);
  start(count);
  expect_right(sequence, -24);
  for (std::uint32_t i = 0; i < count; ++i) {
    sequence.step({i, (i + 100) % count}, i % 20);
    expect_right(sequence, -24);
  }
}

TEST_P(RuntimesTest, AnIterationMayBeListedTwiceOrInVain) {
  Sequence sequence(299);
  start(299);
  expect_right(sequence, -24);
  sequence.step({17, 17, 40}, 5);
  expect_right(sequence, -24);
  sequence.step({}, 0);
  expect_right(sequence, -24);
  expect_right(sequence, -25);  // the same step again
}

TEST_P(RuntimesTest, AStepMayBeMissed) {
  Sequence sequence(299);
  start(299);
  expect_right(sequence, -24);
  sequence.step({3, 50}, 9);
  sequence.step({4}, 9);
  expect_right(sequence, -24);
  start(200);
  Sequence another(200);
  expect_right(another, -24);
}

/// Ticks of more than 31 bits, and quanta that no float32 factor reaches.
TEST_P(RuntimesTest, AnyQuantum) {
  for (double const rate : {1e-36, 1e18}) {
    law_ = Exponential{rate}.sampler();
    int const exponent = rate < 1 ? 90 : -140;
    Sequence sequence(299);
    start(299);
    expect_right(sequence, exponent);
    for (std::uint32_t step = 0; step < 10; ++step) {
      sequence.step({step, step + 100}, step);
      expect_right(sequence, exponent);
    }
    expect_right(sequence, rate < 1 ? 65 : -113);
  }
}

/// Changes of 2^51 ticks and more are too large for the way in which sums of few changes are corrected.
TEST_P(RuntimesTest, ChangesOfManyTicks) {
  law_ = Exponential{1e-36}.sampler();
  constexpr std::uint32_t count = 299;
  constexpr int exponent = 68;
  Sequence sequence(count);
  start(count);
  expect_right(sequence, exponent);
  for (std::uint32_t i = 0; i < count; ++i) {
    sequence.step({i, (i + 100) % count}, i % 20);
    expect_right(sequence, exponent);
  }
  EXPECT_GE(to_ticks(sequence.summary(law_, first, exponent).maximum, exponent), 1ull << 51)
      << "the test has no point";
}

INSTANTIATE_TEST_SUITE_P(Available, RuntimesTest, instruction_sets(), instruction_set_name);

}  // namespace
}  // namespace dsgd::test
