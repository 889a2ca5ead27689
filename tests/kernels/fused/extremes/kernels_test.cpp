// The kernels of engine `cuda` one by one, in launches of every shape, without a GPU.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/law/exponential.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/launch_shapes.hpp"
// and the kernels below that
#include "kernels/fused/extremes/kernels.cuh"

namespace dsgd::kernels {
namespace {

using dsgd::test::launch;
using dsgd::test::Shape;
using dsgd::test::shapes;
using dsgd::test::WideLaw;

struct Words {
  std::vector<std::uint32_t> smallest, largest;
  explicit Words(std::uint64_t iterations) : smallest(iterations, ~0u), largest(iterations, 0) {}
  WordRow row() { return {smallest.data(), largest.data()}; }
  friend bool operator==(Words const&, Words const&) = default;
};

Words words_of(Stream stream, LaunchIterations range, std::uint32_t workers) {
  Words words(range.count);
  for (std::uint64_t i = 0; i < range.count; ++i)
    for (std::uint32_t w = 0; w < workers; ++w) {
      std::uint32_t const word = draw_word(stream, range.first + i, w);
      words.smallest[i] = std::min(words.smallest[i], word);
      words.largest[i] = std::max(words.largest[i], word);
    }
  return words;
}

template <class Law>
Summary runtimes_of(Law const& law, Stream stream, LaunchIterations range,
                    std::vector<std::uint32_t> const& words, int quantum_exponent) {
  Summary summary;
  for (std::uint64_t i = 0; i < range.count; ++i)
    summary.add(law.excess(words[i], tail_word(stream, range.first + i, words[i])), quantum_exponent);
  return summary;
}

TEST(FusedKernel, EqualsTheDefinitionInEveryLaunch) {
  Stream const stream{0x0123456789abcdefu, 7};
  LaunchIterations const range{(std::uint64_t{1} << 32) - 1001, 1001};
  for (std::uint32_t workers : {1u, 2u, 3u, 4u, 20u, 41u}) {
    Words const words = words_of(stream, range, workers);
    WideLaw const wide{3.0f};
    WideLaw const narrow{0x1p-20f};
    for (Shape const& shape : shapes) {
      TickSums sums[2] = {no_ticks(), no_ticks()};
      Kinds<ExtremeKind<WideLaw>, 2> kinds;
      kinds.kind[0] = {{wide, tick_scale(-12), &sums[0]}, Extreme::fastest};
      kinds.kind[1] = {{narrow, tick_scale(-30), &sums[1]}, Extreme::slowest};
      launch(dim3(shape.blocks), dim3(shape.threads), shape.order, fused_kernel<WideLaw, 2>, stream, range,
             workers, kinds);
      EXPECT_EQ(sums[0].summary(), runtimes_of(wide, stream, range, words.largest, -12)) << workers;
      EXPECT_EQ(sums[1].summary(), runtimes_of(narrow, stream, range, words.smallest, -30)) << workers;
      EXPECT_GT(sums[0].ticks[1], 0u) << "no large tick: the test has no point";
    }
  }
}

TEST(FusedKernel, AddsToWhatIsThere) {
  Stream const stream{1, 20};
  auto const law = Exponential{2.0}.sampler();
  TickSums sums = no_ticks();
  Kinds<ExtremeKind<Exponential::Sampler>, 1> kinds;
  kinds.kind[0] = {{law, tick_scale(-26), &sums}, Extreme::slowest};
  for (LaunchIterations const range : {LaunchIterations{5, 100}, LaunchIterations{105, 1}})
    launch(dim3(2), dim3(32), {}, fused_kernel<Exponential::Sampler, 1>, stream, range, 20u, kinds);
  LaunchIterations const all{5, 101};
  EXPECT_EQ(sums.summary(), runtimes_of(law, stream, all, words_of(stream, all, 20).smallest, -26));
}

TEST(FusedKernel, MeetsTailWordsAtBothEnds) {
  Stream const stream{3, 64};
  LaunchIterations const range{0, 1500};
  Words const words = words_of(stream, range, 64);
  ASSERT_GT(std::count_if(words.smallest.begin(), words.smallest.end(), needs_tail), 5);
  ASSERT_GT(std::count_if(words.largest.begin(), words.largest.end(), needs_tail), 5);
  WideLaw const law{1.0f};
  TickSums sums[2] = {no_ticks(), no_ticks()};
  Kinds<ExtremeKind<WideLaw>, 2> kinds;
  kinds.kind[0] = {{law, tick_scale(-30), &sums[0]}, Extreme::slowest};
  kinds.kind[1] = {{law, tick_scale(-30), &sums[1]}, Extreme::fastest};
  launch(dim3(3), dim3(128), {}, fused_kernel<WideLaw, 2>, stream, range, 64u, kinds);
  EXPECT_EQ(sums[0].summary(), runtimes_of(law, stream, range, words.smallest, -30));
  EXPECT_EQ(sums[1].summary(), runtimes_of(law, stream, range, words.largest, -30));
}

TEST(PrefixKernel, GivesEveryFleetItsExtremes) {
  Stream const stream{5, 0};
  LaunchIterations const range{1000, 333};
  std::uint64_t const stride = 340;
  for (Shape const& shape : shapes)
    for (std::uint32_t taken : {0u, 3u, 8u}) {
      FleetSizes const sizes{7, {9, 10, 11, 12, 20, 21, 90}};
      Words rows(8 * stride);
      WordRow const before{rows.smallest.data() + 2 * stride,
                           rows.largest.data() + 2 * stride};  // in the way
      Words const start = words_of(stream, range, taken);
      std::copy(start.smallest.begin(), start.smallest.end(), before.smallest);
      std::copy(start.largest.begin(), start.largest.end(), before.largest);
      launch(dim3(shape.blocks), dim3(shape.threads), shape.order, prefix_kernel, stream, range, taken,
             before, sizes, rows.row(), stride);
      for (std::uint32_t r = 0; r < sizes.count; ++r) {
        Words const expected = words_of(stream, range, sizes.workers[r]);
        auto const begin = static_cast<std::ptrdiff_t>(r * stride);
        EXPECT_TRUE(
            std::equal(expected.smallest.begin(), expected.smallest.end(), rows.smallest.begin() + begin));
        EXPECT_TRUE(
            std::equal(expected.largest.begin(), expected.largest.end(), rows.largest.begin() + begin));
      }
      EXPECT_TRUE(
          std::all_of(rows.smallest.end() - stride, rows.smallest.end(), [](auto w) { return w == ~0u; }));
      EXPECT_EQ(rows.smallest[range.count], ~0u) << "written beyond the row";
    }
}

TEST(SlicesKernel, JoinsSlicesOfAnySize) {
  Stream const stream{6, 0};
  LaunchIterations const range{(std::uint64_t{1} << 32) - 70, 70};
  for (Shape const& shape : shapes)
    for (std::uint32_t first : {0u, 1u, 6u, 8u})
      for (std::uint32_t last : {9u, 10u, 11u, 12u, 83u}) {
        std::uint32_t const blocks = (last + 3) / 4 - first / 4;
        std::uint32_t const slice_blocks = (blocks + shape.slices - 1) / shape.slices;
        unsigned const slices = (blocks + slice_blocks - 1) / slice_blocks;
        Words words = words_of(stream, range, first);
        launch(dim3(shape.blocks, slices), dim3(shape.threads), shape.order, slices_kernel, stream, range,
               first, last, slice_blocks, words.row());
        EXPECT_EQ(words, words_of(stream, range, last)) << first << " to " << last;
      }
}

}  // namespace
}  // namespace dsgd::kernels
