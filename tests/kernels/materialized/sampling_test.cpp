// sample_kernel without a GPU: its own source, and cuRAND's, run by the stand-in for a launch.
#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/law/exponential.hpp"
#include "tests/support/scalar_reference.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/support/launch.hpp"
// and the kernel below that
#include "kernels/materialized/sampling.cuh"

namespace dsgd::kernels {
namespace {

using dsgd::test::launch;
using dsgd::test::ThreadOrder;

/// "Laws" that show what a kernel passed to them.
struct ShowWord {
  float excess(std::uint32_t k, std::uint32_t) const { return float_from_bits(static_cast<std::int32_t>(k)); }
};
struct ShowTail {
  float excess(std::uint32_t, std::uint32_t t) const { return float_from_bits(static_cast<std::int32_t>(t)); }
};

std::uint32_t bits(float value) { return static_cast<std::uint32_t>(bits_from_float(value)); }

template <class Law>
std::vector<float> sample(Law const& law, Tile const& tile, dim3 grid, dim3 block, ThreadOrder order = {}) {
  // float4 stores need 16-byte alignment; the guard behind the tile must stay as it is
  std::uint64_t const draws = tile.iterations * tile.workers;
  std::vector<float4> memory(draws / 4 + 3, make_float4(-1, -1, -1, -1));
  auto* const excesses = reinterpret_cast<float*>(memory.data());
  launch(grid, block, order, sample_kernel<Law>, law, tile, excesses);
  for (std::uint64_t i = draws; i < 4 * memory.size(); ++i)
    EXPECT_EQ(excesses[i], -1.0f) << "written beyond the tile";
  return {excesses, excesses + draws};
}

std::uint64_t wrong_draws(Tile const& tile, dim3 grid, dim3 block, ThreadOrder order = {}) {
  auto const law = Exponential{2.0}.sampler();
  std::vector<float> const words = sample(ShowWord{}, tile, grid, block, order);
  std::vector<float> const tails = sample(ShowTail{}, tile, grid, block, order);
  std::vector<float> const excesses = sample(law, tile, grid, block, order);
  std::uint64_t wrong = 0;
  for (std::uint64_t i = 0; i < excesses.size(); ++i) {
    std::uint64_t const iteration = tile.first_iteration + i / tile.workers;
    std::uint32_t const k = draw_word(tile.stream, iteration, tile.first_worker + i % tile.workers);
    std::uint32_t const t = tail_word(tile.stream, iteration, k);
    wrong += bits(words[i]) != k || bits(tails[i]) != t || bits(excesses[i]) != bits(law.excess(k, t));
  }
  return wrong;
}

TEST(SampleKernel, EqualsTheDefinitionForEveryNumberOfWorkers) {
  for (auto const& [workers, iterations] : dsgd::test::equality_cases(3000)) {
    Tile const tile{{77, workers}, (std::uint64_t{1} << 32) - 3, iterations, 0, workers};
    EXPECT_EQ(wrong_draws(tile, dim3(3), dim3(96)), 0u) << workers;
  }
}

TEST(SampleKernel, IsRightForAnyLaunchShape) {
  Tile const tile{{0xfedcba9876543210u, 5}, 1000, 37, 0, 23};
  for (unsigned grid : {1u, 2u, 7u, 100u})
    for (unsigned block : {1u, 31u, 32u, 33u, 256u})
      for (ThreadOrder order : {ThreadOrder{ThreadOrder::ascending}, ThreadOrder{ThreadOrder::descending},
                                ThreadOrder{ThreadOrder::shuffled, 3}})
        EXPECT_EQ(wrong_draws(tile, dim3(grid), dim3(block), order), 0u) << grid << " x " << block;
}

TEST(SampleKernel, DrawsPiecesOfAnIteration) {
  for (std::uint32_t first : {0u, 4u, 1000u, max_workers - 99})
    for (std::uint32_t workers : {1u, 40u, 99u})
      EXPECT_EQ(wrong_draws({{1, 0}, max_iterations - 1, 1, first, workers}, dim3(2), dim3(8)), 0u) << first;
}

TEST(SampleKernel, MeetsTailWordsAtBothEnds) {
  Tile const tile{{3, 9}, 0, 2000, 0, 20};
  std::uint64_t lower = 0, upper = 0;
  for (std::uint64_t i = 0; i < tile.iterations * tile.workers; ++i) {
    std::uint32_t const k = draw_word(tile.stream, i / tile.workers, i % tile.workers);
    lower += needs_tail(k) && k < tail_cells;
    upper += needs_tail(k) && k >= tail_cells;
  }
  ASSERT_GT(lower, 3u);
  ASSERT_GT(upper, 3u);
  EXPECT_EQ(wrong_draws(tile, dim3(4), dim3(64)), 0u);
}

}  // namespace
}  // namespace dsgd::kernels
