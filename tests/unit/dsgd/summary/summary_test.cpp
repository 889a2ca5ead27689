#include "dsgd/summary/summary.hpp"

#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <random>
#include <vector>

namespace dsgd {
namespace {

using Big = boost::multiprecision::cpp_int;

Big big(uint128 value) {
  return (Big(static_cast<std::uint64_t>(value >> 64)) << 64) + static_cast<std::uint64_t>(value);
}

Big big(WideUnsigned<3> const& value) {
  return (((Big(value.limb[2]) << 64) + value.limb[1]) << 64) + value.limb[0];
}

std::vector<float> runtimes(int count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<float> values;
  for (int i = 0; i < count; ++i)
    values.push_back(
        std::ldexp(static_cast<float>(1 + (random() >> 8)), static_cast<int>(random() % 60) - 45));
  return values;
}

TEST(Summary, SumsAreExact) {
  constexpr int exponent = -24;
  Summary summary;
  Big sum = 0;
  Big squares = 0;
  for (float const runtime : runtimes(20'000, 1)) {
    summary.add(runtime, exponent);
    Big const tick = to_ticks(runtime, exponent);
    sum += tick;
    squares += tick * tick;
  }
  EXPECT_EQ(summary.iterations, 20'000u);
  EXPECT_EQ(big(summary.ticks), sum);
  EXPECT_EQ(big(summary.squared_ticks), squares);
}

/// Sums of delays have more bits than a float.
TEST(Summary, SumsOfTicksAreExact) {
  std::mt19937_64 random(4);
  Summary summary;
  Big sum = 0, squares = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::uint64_t const tick = random() >> random() % 64;
    summary.add_ticks(tick, static_cast<float>(tick));
    sum += tick;
    squares += Big(tick) * tick;
  }
  EXPECT_EQ(big(summary.ticks), sum);
  EXPECT_EQ(big(summary.squared_ticks), squares);
}

TEST(Summary, MergesInAnyOrderToTheSameBits) {
  std::vector<float> const values = runtimes(3000, 2);
  auto const add = [](Summary& summary, float value) {
    summary.add(value, -24);
    summary.histogram.add(value);
  };
  Summary whole;
  for (float const value : values) add(whole, value);
  std::mt19937 random(3);
  for (int trial = 0; trial < 100; ++trial) {
    std::vector<Summary> parts(1 + random() % 7);
    for (float const value : values) add(parts[random() % parts.size()], value);
    std::shuffle(parts.begin(), parts.end(), random);
    Summary merged;
    for (Summary const& part : parts) merged.merge(part);
    ASSERT_EQ(merged, whole);
  }
}

TEST(Summary, KeepsExtremes) {
  Summary summary;
  for (float const value : {2.5f, 0.5f, 7.0f}) summary.add(value, -20);
  EXPECT_EQ(summary.minimum, 0.5f);
  EXPECT_EQ(summary.maximum, 7.0f);
}

/// The largest that a run may hold: 2^50 iterations of ticks just below 2^64.
TEST(Summary, HoldsTheLargestRun) {
  float const largest = 0x1.fffffep63f;
  Summary summary;
  summary.add(largest, 0);
  for (int doubling = 0; doubling < 50; ++doubling) summary.merge(Summary(summary));
  Big const tick = to_ticks(largest, 0);
  EXPECT_EQ(summary.iterations, std::uint64_t{1} << 50);
  EXPECT_EQ(big(summary.ticks), tick << 50);
  EXPECT_EQ(big(summary.squared_ticks), (tick * tick) << 50);
}

}  // namespace
}  // namespace dsgd
