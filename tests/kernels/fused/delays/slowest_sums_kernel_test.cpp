// slowest_sums_kernel in launches of every shape, without a GPU.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "dsgd/arithmetic/tick.hpp"
#include "dsgd/draw/address.hpp"
#include "kernels/fused/plan.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/launch_shapes.hpp"
// and the kernels below that
#include "kernels/fused/delays/slowest_sums_kernel.cuh"

namespace dsgd::kernels {
namespace {

using dsgd::test::launch;
using dsgd::test::Shape;
using dsgd::test::shapes;
using dsgd::test::WideLaw;

constexpr int exponent = -12;

constexpr std::uint64_t origin_ticks = 12'345;

/// The largest sum of workers first .. last - 1, in ticks.
std::uint64_t slowest_sum(Stream stream, std::uint64_t iteration, std::uint32_t first, std::uint32_t last,
                          std::uint32_t steps) {
  std::uint64_t slowest = 0;
  for (std::uint64_t worker = first; worker < last; ++worker) {
    std::uint64_t sum = steps * origin_ticks;
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
  for (auto const& [first, last] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{
           {0, 1}, {0, 2}, {0, 5}, {0, 23}, {0, 80}, {1, 2}, {2, 9}, {3, 80}, {41, 42}})
    for (std::uint32_t const steps : {1u, 2u, 3u, 4u, 7u}) {
      std::vector<unsigned long long> expected;
      for (std::uint64_t i = 0; i < range.count; ++i)
        expected.push_back(slowest_sum(stream, range.first + i, first, last, steps));
      EXPECT_GT(*std::max_element(expected.begin(), expected.end()), 1ull << 32) << "the test has no point";
      for (Shape const& shape : shapes) {
        std::uint32_t const slice = slice_workers(last - first, shape.slices);
        SummedDelays const delays{first, last, steps, slice, origin_ticks};
        unsigned const slices = (last - first + slice - 1) / slice;
        std::vector<unsigned long long> slowest(range.count + 1, 0);
        launch(dim3(shape.blocks, slices), dim3(shape.threads), shape.order, slowest_sums_kernel<WideLaw>,
               stream, range, delays, WideLaw{3.0f}, tick_scale(exponent), slowest.data());
        EXPECT_EQ(slowest.back(), 0u) << "written beyond the iterations";
        slowest.pop_back();
        ASSERT_EQ(slowest, expected) << first << " to " << last << ", " << steps << " steps, " << slices;
      }
    }
}

}  // namespace
}  // namespace dsgd::kernels
