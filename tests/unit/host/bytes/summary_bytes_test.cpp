#include "bytes/summary_bytes.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

namespace dsgd {
namespace {

/// Every field has a value of its own, and all limbs are used.
Summary full_summary() {
  Summary summary;
  summary.iterations = 0x0102030405060708u;
  summary.ticks = uint128{0x1112131415161718u} << 64 | 0x2122232425262728u;
  summary.squared_ticks = {{1, 2, 0xfedcba9876543210u}};
  summary.minimum = 0x1p-149f;
  summary.maximum = std::numeric_limits<float>::max();
  for (float const value : {0.0f, 1.5f, 1.5f, std::numeric_limits<float>::max()})
    summary.histogram.add(value);
  summary.clocks.replications = 7;
  summary.clocks.squared_windows = {{3, 4, 5, ~std::uint64_t{0}}};
  summary.clocks.staleness = uint128{9} << 100;
  summary.clocks.gradients = 11;
  summary.clocks.stalenesses.add(300.0f);
  return summary;
}

TEST(SummaryBytes, GiveTheSummaryBack) {
  for (Summary const& summary : {Summary{}, full_summary()})
    EXPECT_EQ(summary_from_bytes(summary_bytes(summary)), summary);
}

TEST(SummaryBytes, AreTheSameOnEveryMachine) {
  std::string const bytes = summary_bytes(full_summary());
  EXPECT_EQ(bytes.substr(0, 10), (std::string{8, 7, 6, 5, 4, 3, 2, 1, 0x28, 0x27}));
  // 8 + 16 + 24 + 4 + 4, 3 bins; 8 + 32 + 16 + 8, 1 bin
  EXPECT_EQ(bytes.size(), 56 + (4 + 3 * 12) + 64 + (4 + 12));
}

/// The histogram's octaves came in another order.
TEST(SummaryBytes, OfEqualSummariesAreEqual) {
  Summary a, b;
  for (float const value : {1.0f, 100.0f}) a.histogram.add(value);
  for (float const value : {100.0f, 1.0f}) b.histogram.add(value);
  EXPECT_EQ(summary_bytes(a), summary_bytes(b));
}

TEST(SummaryBytes, OfAnyOtherLengthAreRefused) {
  std::string const bytes = summary_bytes(full_summary());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(summary_from_bytes(bytes.substr(0, length))) << length;
  EXPECT_FALSE(summary_from_bytes(bytes + '\0'));
}

void set32(std::string& bytes, std::size_t offset, std::uint32_t value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

constexpr std::size_t minimum = 48, bins = 56, first_bin = 60, second_bin = 72;

TEST(SummaryBytes, ClaimNoSizeThatIsBelieved) {
  std::string bytes = summary_bytes(full_summary());
  set32(bytes, bins, 0xffffffffu);
  EXPECT_FALSE(summary_from_bytes(bytes));
}

TEST(SummaryBytes, WithBinsOutOfOrderOrRangeOrEmptyAreRefused) {
  std::string const good = summary_bytes(full_summary());
  for (std::uint32_t const bin : {0u, 0x10000u, 0xffffffffu}) {
    std::string bytes = good;
    set32(bytes, second_bin, bin);
    EXPECT_FALSE(summary_from_bytes(bytes)) << bin;
  }
  std::string empty = good;
  set32(empty, first_bin + 4, 0);
  EXPECT_FALSE(summary_from_bytes(empty));
}

TEST(SummaryBytes, WithoutFiniteExtremesAreRefused) {
  for (std::uint32_t const bits : {0x7f800000u, 0x7fc00000u, 0x80000000u, 0xbf800000u}) {
    std::string bytes = summary_bytes(full_summary());
    set32(bytes, minimum, bits);
    EXPECT_FALSE(summary_from_bytes(bytes)) << bits;
  }
}

/// What is read is written as it was: no two byte strings are one summary.
TEST(SummaryBytes, AreTheOnlyOnesOfTheirSummary) {
  std::string const good = summary_bytes(full_summary());
  std::mt19937 random(1);
  int read = 0;
  for (int trial = 0; trial < 20'000; ++trial) {
    std::string bytes = good;
    for (auto flips = 1 + random() % 3; flips-- > 0;)
      bytes[random() % bytes.size()] ^= static_cast<char>(1u << random() % 8);
    if (auto const summary = summary_from_bytes(bytes)) {
      EXPECT_EQ(summary_bytes(*summary), bytes);
      ++read;
    }
  }
  EXPECT_GT(read, 1000);
}

}  // namespace
}  // namespace dsgd
