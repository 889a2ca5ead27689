#include "dsgd/summary/histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <vector>

namespace dsgd {
namespace {

std::map<std::uint32_t, std::uint64_t> counts(Histogram const& histogram) {
  std::map<std::uint32_t, std::uint64_t> bins;
  histogram.for_each([&](std::uint32_t bin, std::uint64_t count) { bins[bin] = count; });
  return bins;
}

TEST(Histogram, BinsHoldTheirValues) {
  std::mt19937 random(1);
  for (int i = 0; i < 100'000; ++i) {
    float const value = std::bit_cast<float>(static_cast<std::uint32_t>(random() % 0x7f800000u));
    std::uint32_t const bin = Histogram::bin_of(value);
    ASSERT_GE(value, Histogram::lower_end(bin));
    ASSERT_LT(value, Histogram::lower_end(bin + 1));
  }
}

TEST(Histogram, BinsAreAtMostA256thWide) {
  for (float const value : {1e-30f, 1.0f, 1.999f, 3.7f, 1e30f}) {
    std::uint32_t const bin = Histogram::bin_of(value);
    EXPECT_LE(Histogram::lower_end(bin + 1) / Histogram::lower_end(bin), 1 + 0x1p-8f);
  }
}

TEST(Histogram, KeepsWholeNumbersApartBelow512) {
  for (std::uint32_t i = 0; i < 512; ++i)
    EXPECT_NE(Histogram::bin_of(static_cast<float>(i)), Histogram::bin_of(static_cast<float>(i + 1)));
}

TEST(Histogram, TakesZeroAndTheLargestNumber) {
  Histogram histogram;
  histogram.add(0.0f);
  histogram.add(std::numeric_limits<float>::max());
  EXPECT_EQ(counts(histogram), (std::map<std::uint32_t, std::uint64_t>{{0, 1}, {0xfeff, 1}}));
}

TEST(Histogram, MergesExactlyInAnyOrder) {
  std::mt19937 random(2);
  std::lognormal_distribution<float> lognormal(0, 3);
  Histogram whole, first, second;
  for (int i = 0; i < 10'000; ++i) {
    float const value = lognormal(random);
    whole.add(value);
    (random() % 3 == 0 ? first : second).add(value);
  }
  Histogram forward = first, backward = second;
  forward.merge(second);
  backward.merge(first);
  EXPECT_EQ(forward, whole);
  EXPECT_EQ(backward, whole);
}

TEST(Histogram, GoesThroughItsBinsInAscendingOrder) {
  Histogram histogram;
  for (float const value : {3.0f, 1e30f, 0.0f, 1.5f, 1e-30f}) histogram.add(value);
  std::vector<std::uint32_t> bins;
  histogram.for_each([&](std::uint32_t bin, std::uint64_t) { bins.push_back(bin); });
  EXPECT_EQ(bins.size(), 5u);
  EXPECT_TRUE(std::is_sorted(bins.begin(), bins.end()));
}

TEST(Histogram, DiffersFromOneWithOtherValues) {
  Histogram one, other, both;
  one.add(1.0f);
  other.add(2.0f);
  both.merge(one);
  both.merge(other);
  EXPECT_NE(one, other);
  EXPECT_NE(one, both);
  EXPECT_NE(both, one);
  one.add(1.0f);
  Histogram twice = one;
  twice.add(1.0f);
  EXPECT_NE(one, twice);
}

TEST(Histogram, IsEmptyUntilSomethingIsAdded) {
  Histogram histogram;
  EXPECT_TRUE(histogram.empty());
  histogram.add(1.0f);
  EXPECT_FALSE(histogram.empty());
}

}  // namespace
}  // namespace dsgd
