// hazards_kernel in launches of every shape, without a GPU.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "dsgd/order_statistics/hazard.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/launch_shapes.hpp"
// and the kernels below that
#include "kernels/fused/sampled/hazards_kernel.cuh"

namespace dsgd::kernels {
namespace {

using dsgd::test::launch;
using dsgd::test::Shape;
using dsgd::test::shapes;

TEST(HazardsKernel, EqualsTheDefinitionInEveryLaunch) {
  std::uint64_t const seed = 0x0123456789abcdefu;
  LaunchIterations const range{(std::uint64_t{1} << 32) - 333, 333};
  for (Shape const& shape : shapes)
    for (std::uint64_t const workers :
         {std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{1000}, max_sampled_workers})
      for (std::uint64_t const rank :
           {std::uint64_t{1}, (workers + 1) / 2, workers - workers / 500, workers}) {
        std::vector<double> hazards(range.count + 1, -1);
        launch(dim3(shape.blocks), dim3(shape.threads), shape.order, hazards_kernel, seed, range, workers,
               rank, hazards.data());
        for (std::uint64_t i = 0; i < range.count; ++i)
          ASSERT_EQ(hazards[i], sampled_hazard(seed, workers, rank, range.first + i))
              << rank << " of " << workers << ", iteration " << i;
        EXPECT_EQ(hazards.back(), -1) << "written beyond the iterations";
      }
}

}  // namespace
}  // namespace dsgd::kernels
