// slowest_sums_kernel in launches of every shape, without a GPU.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dsgd/draw.hpp"
#include "dsgd/tick.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/launch_shapes.hpp"
// and the kernels below that
#include "kernels/slowest_sums_kernel.cuh"

namespace dsgd::kernels {
namespace {

using dsgd::test::launch;
using dsgd::test::Shape;
using dsgd::test::shapes;
using dsgd::test::WideLaw;

constexpr int exponent = -12;

std::uint64_t slowest_sum(Stream stream, std::uint64_t iteration, std::uint32_t workers,
                          std::uint32_t steps) {
  std::uint64_t slowest = 0;
  for (std::uint64_t worker = 0; worker < workers; ++worker) {
    std::uint64_t sum = 0;
    for (std::uint64_t step = 0; step < steps; ++step) {
      std::uint32_t const word = draw_word(stream, iteration, worker * steps + step);
      sum += to_ticks(WideLaw{3.0f}.excess(word, tail_word(stream, iteration, word)), exponent);
    }
    slowest = std::max(slowest, sum);
  }
  return slowest;
}

TEST(SlowestSumsKernel, EqualsTheDefinitionInEveryLaunch) {
  Stream const stream{0x0123456789abcdefu, 7};
  LaunchIterations const range{(std::uint64_t{1} << 32) - 101, 101};
  for (std::uint32_t const workers : {1u, 2u, 5u, 23u, 80u})
    for (std::uint32_t const steps : {1u, 2u, 3u, 4u, 7u}) {
      std::vector<unsigned long long> expected;
      for (std::uint64_t i = 0; i < range.count; ++i)
        expected.push_back(slowest_sum(stream, range.first + i, workers, steps));
      EXPECT_GT(*std::max_element(expected.begin(), expected.end()), 1ull << 32) << "the test has no point";
      for (Shape const& shape : shapes) {
        SummedDelays const delays = summed_delays(workers, steps, shape.slices);
        unsigned const slices = (workers + delays.slice_workers - 1) / delays.slice_workers;
        std::vector<unsigned long long> slowest(range.count + 1, 0);
        launch(dim3(shape.blocks, slices), dim3(shape.threads), shape.order, slowest_sums_kernel<WideLaw>,
               stream, range, delays, WideLaw{3.0f}, tick_scale(exponent), slowest.data());
        EXPECT_EQ(slowest.back(), 0u) << "written beyond the iterations";
        slowest.pop_back();
        ASSERT_EQ(slowest, expected) << workers << " workers, " << steps << " steps, " << slices;
      }
    }
}

TEST(SummedDelays, SlicesAreWholeBlocksAndNoneIsEmpty) {
  for (std::uint32_t const workers : {1u, 4u, 5u, 1000u, 16777215u})
    for (unsigned const most : {1u, 2u, 3u, 100u, 65535u}) {
      SummedDelays const delays = summed_delays(workers, 3, most);
      EXPECT_EQ(delays.slice_workers % 4, 0u);
      std::uint32_t const slices = (workers + delays.slice_workers - 1) / delays.slice_workers;
      EXPECT_LE(slices, most);
      EXPECT_LT((slices - 1) * delays.slice_workers, workers);
    }
}

}  // namespace
}  // namespace dsgd::kernels
