#include "kernels/materialized/tile.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace dsgd::kernels {
namespace {

std::uint64_t bytes_of(TileShape shape) {
  return extremes_bytes(shape.iterations) + shape.iterations * shape.workers * sizeof(float);
}

TEST(PlanTile, FitsAndIsUseful) {
  for (std::uint32_t workers : {1u, 2u, 3u, 20u, 67u, 1000u, 65537u, max_workers}) {
    for (std::uint64_t iterations : {std::uint64_t{1}, std::uint64_t{5000}, max_iterations}) {
      for (std::uint64_t bytes = min_tile_bytes; bytes < std::uint64_t{1} << 37; bytes += bytes / 3 + 1) {
        TileShape const shape = plan_tile(bytes, iterations, workers);
        ASSERT_LE(bytes_of(shape), bytes);
        ASSERT_GE(shape.iterations, 1u);
        ASSERT_LE(shape.iterations, iterations);
        ASSERT_GE(shape.workers, 4u < workers ? 4u : workers);
        ASSERT_LE(shape.iterations * shape.workers, max_tile_draws);
        if (shape.workers == workers) continue;
        ASSERT_LT(shape.workers, workers);
        ASSERT_EQ(shape.workers % 4, 0u) << "pieces start with a Philox block";
        ASSERT_EQ(shape.iterations, 1u);
        ASSERT_GT(bytes_of({1, shape.workers + 4}), bytes) << "larger pieces would fit";
      }
    }
  }
}

TEST(PlanTile, WholeRowsWhereOneFits) {
  EXPECT_EQ(plan_tile(bytes_of({1, 20}), 100, 20), (TileShape{1, 20}));
  EXPECT_EQ(plan_tile(bytes_of({1, 20}) - 4, 100, 20), (TileShape{1, 16}));
  EXPECT_EQ(plan_tile(1u << 20, 100, 20), (TileShape{100, 20}));
}

TEST(UsefulTile, HoldsAllThatIsPlanned) {
  for (std::uint32_t workers : {1u, 3u, 20u, 65537u, max_workers})
    for (std::uint64_t iterations : {std::uint64_t{1}, std::uint64_t{77}, max_iterations}) {
      std::uint64_t const useful = useful_tile_bytes(iterations, workers);
      TileShape const shape = plan_tile(useful, iterations, workers);
      EXPECT_EQ(shape.workers, workers);
      EXPECT_EQ(shape, plan_tile(4 * useful, iterations, workers)) << "more memory would be of use";
    }
}

}  // namespace
}  // namespace dsgd::kernels
