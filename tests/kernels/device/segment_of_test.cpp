#include "kernels/device/segment_of.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "dsgd/draw/address.hpp"

namespace dsgd::kernels {
namespace {

void expect_division(std::uint32_t length) {
  SegmentOf const segment_of(length);
  std::uint32_t const limit = (1u << 31) - 1;
  // a wrong multiplier shows first at the largest multiples and just below them
  for (std::uint32_t quotient : {0u, 1u, 2u, limit / length / 2, limit / length}) {
    std::uint32_t const first = std::min(quotient, limit / length) * length;
    for (std::uint32_t index : {first, first == 0 ? 0 : first - 1, limit}) {
      ASSERT_EQ(segment_of(index), index / length) << index << " / " << length;
    }
  }
}

TEST(SegmentOf, IsIntegerDivision) {
  for (std::uint32_t length = 1; length < 70'000; ++length) expect_division(length);
  for (int bit = 17; bit < 31; ++bit)
    for (std::uint32_t length : {(1u << bit) - 1, 1u << bit, (1u << bit) + 1}) expect_division(length);
  for (std::uint64_t i = 0; i < 100'000; ++i) expect_division((draw_word({1, 0}, i, 0) >> (1 + i % 30)) + 1);
}

TEST(SegmentOf, IsIntegerDivisionForEveryIndexOfSomeLengths) {
  for (std::uint32_t length : {1u, 3u, 7u, 20u, 641u}) {
    SegmentOf const segment_of(length);
    std::uint32_t wrong = 0;
    for (std::uint32_t index = 0; index < 1u << 24; ++index) wrong += segment_of(index) != index / length;
    EXPECT_EQ(wrong, 0u) << length;
  }
}

}  // namespace
}  // namespace dsgd::kernels
