#include "kernels/materialized/sample_host.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "dsgd/draw/address.hpp"
#include "dsgd/law/exponential.hpp"

namespace dsgd::kernels {
namespace {

/// Counts the draws that differ from the definition. @param tails  counts those with a tail word
std::uint64_t differences(Tile const& tile, std::uint64_t& tails) {
  auto const law = Exponential{0.5}.sampler();
  std::vector<float> excesses(tile.iterations * tile.workers, -1.0f);
  sample_on_host(law, tile, excesses.data());
  std::uint64_t wrong = 0;
  for (std::uint64_t row = 0; row < tile.iterations; ++row)
    for (std::uint32_t column = 0; column < tile.workers; ++column) {
      std::uint64_t const iteration = tile.first_iteration + row;
      std::uint32_t const k = draw_word(tile.stream, iteration, tile.first_worker + column);
      tails += needs_tail(k);
      wrong += excesses[row * tile.workers + column] != law.excess(k, tail_word(tile.stream, iteration, k));
    }
  return wrong;
}

TEST(SampleOnHost, EqualsTheDefinition) {
  std::uint64_t tails = 0;
  for (std::uint32_t workers : {1u, 2u, 3u, 4u, 5u, 20u, 4095u, 4096u, 4097u, 65537u})
    EXPECT_EQ(differences({{1, workers}, (std::uint64_t{1} << 32) - 2, 5, 0, workers}, tails), 0u) << workers;
  EXPECT_EQ(differences({{1, 3}, 0, 50'001, 0, 3}, tails), 0u);
  EXPECT_GT(tails, 100u);
}

TEST(SampleOnHost, StartsAtAnyBlockOfWorkers) {
  std::uint64_t tails = 0;
  EXPECT_EQ(differences({{2, 9}, 7, 1, 12, 9}, tails), 0u);
  EXPECT_EQ(differences({{2, 0}, 7, 3, max_workers - 8191, 8191}, tails), 0u);
}

}  // namespace
}  // namespace dsgd::kernels
