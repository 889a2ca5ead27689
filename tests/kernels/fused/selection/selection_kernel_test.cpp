// selection_kernel in launches of every shape, without a GPU.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dsgd/draw/address.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/launch_shapes.hpp"
// and the kernels below that
#include "kernels/fused/selection/selection_kernel.cuh"

namespace dsgd::kernels {
namespace {

using dsgd::test::launch;
using dsgd::test::Shape;
using dsgd::test::shapes;

/// Words in their order from the end.
std::vector<std::uint32_t> sorted_words(Stream stream, std::uint64_t iteration, std::uint32_t workers,
                                        Extreme end) {
  std::vector<std::uint32_t> words;
  for (std::uint32_t w = 0; w < workers; ++w) words.push_back(draw_word(stream, iteration, w));
  std::sort(words.begin(), words.end());
  if (end == Extreme::fastest) std::reverse(words.begin(), words.end());
  return words;
}

template <unsigned Depth, Extreme End>
void expect_selected(Shape const& shape, LaunchIterations range, std::uint32_t workers, std::uint32_t place) {
  Stream const stream{0x0123456789abcdefu, 7};
  std::vector<std::uint32_t> selected(range.count + 1, 12345);
  launch(dim3(shape.blocks), dim3(shape.threads), shape.order, selection_kernel<Depth, End>, stream, range,
         workers, Places{1, {place}}, selected.data(), range.count);
  for (std::uint64_t i = 0; i < range.count; ++i)
    ASSERT_EQ(selected[i], sorted_words(stream, range.first + i, workers, End)[place - 1])
        << place << " of " << workers << ", iteration " << i << ", end " << static_cast<int>(End);
  EXPECT_EQ(selected.back(), 12345u) << "written beyond the iterations";
}

LaunchIterations const around_carry{(std::uint64_t{1} << 32) - 67, 67};

TEST(SelectionKernel, FindsEveryPlaceFromBothEnds) {
  for (std::uint32_t const workers : {1u, 2u, 3u, 4u, 5u, 8u, 19u, 22u, 41u})
    for (std::uint32_t place = 1; place <= workers; ++place) {
      expect_selected<few_words, Extreme::slowest>(shapes[0], around_carry, workers, place);
      expect_selected<few_words, Extreme::fastest>(shapes[0], around_carry, workers, place);
      expect_selected<most_words, Extreme::slowest>(shapes[1], around_carry, workers, place);
      expect_selected<most_words, Extreme::fastest>(shapes[1], around_carry, workers, place);
    }
}

TEST(SelectionKernel, IsRightInEveryLaunch) {
  for (Shape const& shape : shapes)
    for (std::uint32_t const place : {1u, 4u, 7u, 33u}) {
      expect_selected<few_words, Extreme::slowest>(shape, {5, 333}, 66, place);
      expect_selected<most_words, Extreme::fastest>(shape, {5, 333}, 67, place);
    }
}

TEST(SelectionKernel, FindsSeveralPlacesInOnePass) {
  Stream const stream{1, 2};
  std::uint64_t const stride = 70;
  for (std::uint32_t const workers : {8u, 21u, 400u}) {
    std::vector<std::uint32_t> selected(3 * stride, 12345);
    launch(dim3(2), dim3(32), {}, selection_kernel<most_words, Extreme::fastest>, stream, around_carry,
           workers, Places{3, {2, 5, 8}}, selected.data(), stride);
    for (std::uint64_t i = 0; i < around_carry.count; ++i) {
      auto const sorted = sorted_words(stream, around_carry.first + i, workers, Extreme::fastest);
      ASSERT_EQ(selected[i], sorted[1]);
      ASSERT_EQ(selected[stride + i], sorted[4]);
      ASSERT_EQ(selected[2 * stride + i], sorted[7]);
    }
    EXPECT_EQ(selected.back(), 12345u);
  }
}

TEST(SelectionKernel, CountsManyWorkers) {
  for (std::uint32_t const place : {9u, 300u, 1001u, 2001u}) {
    expect_selected<most_words, Extreme::slowest>(shapes[3], {0, 33}, 2001, place);
    expect_selected<few_words, Extreme::fastest>(shapes[3], {0, 33}, 2001, place);
  }
}

}  // namespace
}  // namespace dsgd::kernels
