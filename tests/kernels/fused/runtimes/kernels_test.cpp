// runtimes_kernel in launches of every shape, without a GPU.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dsgd/draw/address.hpp"
#include "dsgd/summary/histogram.hpp"
#include "dsgd/summary/summary.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/launch_shapes.hpp"
// and the kernels below that
#include "kernels/fused/runtimes/kernels.cuh"

namespace dsgd::kernels {
namespace {

using dsgd::test::launch;
using dsgd::test::Shape;
using dsgd::test::shapes;
using dsgd::test::WideLaw;

Stream const stream{7, 0};
LaunchIterations const range{12345, 1234};

std::vector<std::uint32_t> some_words(std::uint32_t draw) {
  std::vector<std::uint32_t> words;
  for (std::uint64_t i = 0; i < range.count; ++i) words.push_back(draw_word(stream, i, draw));
  words[3] = 17;  // has a tail
  return words;
}

template <class TimeOf>
Summary summary_of(TimeOf const& time_of_iteration, int quantum_exponent) {
  Summary summary;
  for (std::uint64_t i = 0; i < range.count; ++i) summary.add(time_of_iteration(i), quantum_exponent);
  return summary;
}

Summary runtimes_of(WideLaw const& law, std::vector<std::uint32_t> const& words, int quantum_exponent) {
  return summary_of(
      [&](std::uint64_t i) { return law.excess(words[i], tail_word(stream, range.first + i, words[i])); },
      quantum_exponent);
}

template <class Kind>
void run(Shape const& shape, unsigned count, Kinds<Kind, kinds_per_launch> const& kinds) {
  launch(dim3(shape.blocks, count), dim3(shape.threads), shape.order, runtimes_kernel<Kind>, stream, range,
         kinds);
}

TEST(RuntimesKernel, SumsEveryKindOfWords) {
  std::vector<std::uint32_t> const some = some_words(0), more = some_words(1);
  for (Shape const& shape : shapes) {
    std::vector<TickSums> sums(3, no_ticks());
    Kinds<WordKind<WideLaw>, kinds_per_launch> kinds{};
    kinds.kind[0] = {{{2.0f}, tick_scale(-10), &sums[0]}, {}, some.data()};
    kinds.kind[1] = {{{0.25f}, tick_scale(-20), &sums[1]}, {}, some.data()};
    kinds.kind[2] = {{{1.0f}, tick_scale(0), &sums[2]}, {}, more.data()};
    run(shape, 3, kinds);
    EXPECT_EQ(sums[0].summary(), runtimes_of(WideLaw{2.0f}, some, -10));
    EXPECT_EQ(sums[1].summary(), runtimes_of(WideLaw{0.25f}, some, -20));
    EXPECT_EQ(sums[2].summary(), runtimes_of(WideLaw{1.0f}, more, 0));
  }
}

TEST(RuntimesKernel, SumsHazards) {
  std::vector<double> hazards;
  for (std::uint32_t const word : some_words(2)) hazards.push_back(word * 0x1p-30);
  for (Shape const& shape : shapes) {
    TickSums sums = no_ticks();
    Kinds<HazardKind<WideLaw>, kinds_per_launch> kinds{};
    kinds.kind[0] = {{{2.0f}, tick_scale(-24), &sums}, {}, hazards.data()};
    run(shape, 1, kinds);
    EXPECT_EQ(sums.summary(), summary_of([&](auto i) { return 2 * static_cast<float>(hazards[i]); }, -24));
  }
}

/// Some below 2^32, some above, some 0.
TEST(RuntimesKernel, SumsTicks) {
  std::vector<unsigned long long> ticks;
  for (std::uint32_t const word : some_words(3))
    ticks.push_back(static_cast<unsigned long long>(word) << word % 30 >> word % 31);
  ticks[5] = 0;
  ticks[6] = ~0ull >> 2;
  Summary expected;
  for (std::uint64_t const tick : ticks) expected.add_ticks(tick, time_of(tick, -30));
  for (Shape const& shape : shapes) {
    TickSums sums = no_ticks();
    Kinds<TickKind, kinds_per_launch> kinds{};
    kinds.kind[0] = {-30, &sums, {}, ticks.data()};
    run(shape, 1, kinds);
    EXPECT_EQ(sums.summary(), expected);
  }
}

/// Near the typical runtime and far from it, of some kinds and not of others.
TEST(RuntimesKernel, CountsBinsWhereTheyAreWanted) {
  std::vector<std::uint32_t> const words = some_words(4);
  WideLaw const law{1.0f};  // from 1 to 2^50
  for (int const quantum_exponent : {-170, -24, 0, 20, 200}) {
    Histogram expected;
    for (std::uint64_t i = 0; i < range.count; ++i)
      expected.add(law.excess(words[i], tail_word(stream, range.first + i, words[i])));
    for (Shape const& shape : shapes) {
      std::vector<TickSums> sums(2, no_ticks());
      std::vector<unsigned> counts(histogram_bins, 0);
      Kinds<WordKind<WideLaw>, kinds_per_launch> kinds{};
      kinds.kind[0] = {{law, tick_scale(0), &sums[0]}, {}, words.data()};
      kinds.kind[1] = {
          {law, tick_scale(0), &sums[1]}, bin_counts(counts.data(), quantum_exponent), words.data()};
      run(shape, 2, kinds);
      Histogram counted;
      for (std::uint32_t bin = 0; bin < histogram_bins; ++bin)
        if (counts[bin] != 0) counted.add_to_bin(bin, counts[bin]);
      EXPECT_EQ(counted, expected) << quantum_exponent;
      EXPECT_EQ(sums[0].summary(), sums[1].summary());
    }
  }
}

TEST(BinCounts, CountsTypicalRuntimesInSharedMemory) {
  for (float const typical : {1e-30f, 0.3f, 1e30f}) {
    BinCounts const bins = bin_counts(nullptr, floor_log2(typical) - 24);
    EXPECT_LE(bins.near_bin, Histogram::bin_of(typical / 100));
    EXPECT_GT(bins.near_bin + near_bins, Histogram::bin_of(typical * 8));
  }
  EXPECT_EQ(bins_per_octave, Histogram::bins_per_octave);
  EXPECT_LT(Histogram::bin_of(0x1.fffffep127f), histogram_bins);
  for (int const exponent : {-1000, 1000})
    EXPECT_LE(bin_counts(nullptr, exponent).near_bin + near_bins, histogram_bins);
}

}  // namespace
}  // namespace dsgd::kernels
