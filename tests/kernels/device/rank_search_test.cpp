#include "kernels/device/rank_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

namespace dsgd::kernels {
namespace {

TEST(BitsOfRank, AreThoseOfTheSortedNumbers) {
  std::vector<float> const numbers{3, 0.5f, 2, 2, 0, std::numeric_limits<float>::max(), 1e-45f, 2, 1};
  std::vector<float> sorted = numbers;
  std::sort(sorted.begin(), sorted.end());
  auto const counted = [&](std::int32_t bits) {
    return static_cast<std::uint64_t>(std::count_if(numbers.begin(), numbers.end(), [&](float number) {
      return std::bit_cast<std::int32_t>(number) <= bits;
    }));
  };
  for (std::uint64_t rank = 1; rank <= sorted.size(); ++rank)
    EXPECT_EQ(std::bit_cast<float>(bits_of_rank(std::bit_cast<std::int32_t>(sorted.front()),
                                                std::bit_cast<std::int32_t>(sorted.back()), rank, counted)),
              sorted[rank - 1])
        << rank;
}

TEST(BitsOfRank, LookAtNothingWhereOneNumberIsLeft) {
  auto const never = [](std::uint64_t) -> std::uint64_t {
    ADD_FAILURE();
    return 0;
  };
  EXPECT_EQ(bits_of_rank(std::uint64_t{7}, std::uint64_t{7}, 3, never), 7u);
}

}  // namespace
}  // namespace dsgd::kernels
