#include "engines/cpu/drawn/network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace dsgd::test {
namespace {

std::vector<std::uint32_t> after(SelectionNetwork const& network, std::vector<std::uint32_t> elements) {
  for (Comparator const& c : network.comparators)
    if (elements[c.low] > elements[c.high]) std::swap(elements[c.low], elements[c.high]);
  return elements;
}

/// By the 0-1 principle: what is right for all inputs of zeros and ones is right for all inputs.
TEST(SelectionNetwork, RightForAllZerosAndOnes) {
  for (std::uint32_t inputs = 1; inputs <= 13; ++inputs)
    for (std::uint32_t position = 0; position < inputs; ++position) {
      SelectionNetwork const network = selection_network(inputs, std::array{position});
      for (std::uint32_t pattern = 0; pattern < 1u << inputs; ++pattern) {
        std::vector<std::uint32_t> bits(inputs);
        for (std::uint32_t i = 0; i < inputs; ++i) bits[i] = pattern >> i & 1;
        std::uint32_t const zeros = static_cast<std::uint32_t>(std::count(bits.begin(), bits.end(), 0u));
        ASSERT_EQ(after(network, bits)[network.wires[0]], position >= zeros) << inputs << ' ' << position;
      }
    }
}

/// Zeros before, ones after: all thresholds of one order, for sizes whose patterns are too many.
TEST(SelectionNetwork, RightForRandomOrders) {
  std::uint32_t state = 1;
  for (std::uint32_t const inputs : {16u, 31u, 64u, 96u, 100u})
    for (std::uint32_t const position : {0u, 1u, 7u, inputs / 2, inputs - 2, inputs - 1}) {
      SelectionNetwork const network = selection_network(inputs, std::array{position});
      for (int repetition = 0; repetition < 50; ++repetition) {
        std::vector<std::uint32_t> elements(inputs);
        std::iota(elements.begin(), elements.end(), 0u);
        for (std::uint32_t i = inputs; i > 1; --i) {
          state = state * 1664525u + 1013904223u;
          std::swap(elements[i - 1], elements[(state >> 8) % i]);
        }
        ASSERT_EQ(after(network, elements)[network.wires[0]], position) << inputs;
      }
    }
}

TEST(SelectionNetwork, FindsSeveralPositionsAtOnce) {
  std::vector<std::uint32_t> const positions{3, 17, 0, 17};
  SelectionNetwork const network = selection_network(20, positions);
  std::vector<std::uint32_t> elements(20);
  for (std::uint32_t i = 0; i < 20; ++i) elements[i] = i * 7 % 20;
  auto const result = after(network, elements);
  for (std::size_t n = 0; n < positions.size(); ++n) EXPECT_EQ(result[network.wires[n]], positions[n]);
}

TEST(SelectionNetwork, LeavesOutWhatIsNotNeeded) {
  EXPECT_TRUE(selection_network(1, std::array{0u}).comparators.empty());
  for (std::uint32_t const end : {0u, 63u})
    EXPECT_EQ(selection_network(64, std::array{end}).comparators.size(), 63u);
  EXPECT_LT(selection_network(64, std::array{1u}).comparators.size(), 130u);
  EXPECT_LT(selection_network(64, std::array{32u}).comparators.size(), 450u);  // to sort them takes 543
}

}  // namespace
}  // namespace dsgd::test
