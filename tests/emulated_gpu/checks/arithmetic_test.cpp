// What PTX says of the instructions that C++ has no operator for.
#include "runtime/arithmetic.hpp"

#include <gtest/gtest.h>

namespace emulated_gpu::test {
namespace {

TEST(Arithmetic, ShiftsByTheWidthOrMoreLeaveNothing) {
  EXPECT_EQ(shifted_left<u32>(1, 31), 0x80000000u);
  EXPECT_EQ(shifted_left<u32>(1, 32), 0u);
  EXPECT_EQ(shifted_left<u64>(1, 64), 0u);
  EXPECT_EQ(shifted_right<u32>(0x80000000u, 32), 0u);
  EXPECT_EQ(shifted_right<s32>(-8, 1), -4);
  EXPECT_EQ(shifted_right<s32>(-8, 40), -1);
  EXPECT_EQ(shifted_right<s32>(8, 40), 0);
}

TEST(Arithmetic, FieldsAreInsertedAsFarAsTheyFit) {
  EXPECT_EQ(field_inserted<u32>(0xff, 0, 8, 4), 0xf00u);
  EXPECT_EQ(field_inserted<u32>(0, 0xffffffff, 28, 8), 0x0fffffffu);
  EXPECT_EQ(field_inserted<u32>(0xff, 7, 32, 8), 7u);
  EXPECT_EQ(field_inserted<u32>(0xff, 7, 3, 0), 7u);
  EXPECT_EQ(field_inserted<u32>(0x12345678, 0, 0, 32), 0x12345678u);
  EXPECT_EQ(field_inserted<u64>(1, 0, 63, 1), u64{1} << 63);
}

/// The tables of PTX's own examples.
TEST(Arithmetic, ThreeWayLogicHasATable) {
  u32 const a = 0xf0f0f0f0, b = 0xcccccccc, c = 0xaaaaaaaa;
  EXPECT_EQ(three_way_logic(a, b, c, 0x80), a & b & c);
  EXPECT_EQ(three_way_logic(a, b, c, 0xfe), a | b | c);
  EXPECT_EQ(three_way_logic(a, b, c, 0x96), a ^ b ^ c);
  EXPECT_EQ(three_way_logic(a, b, c, 0x40), a & b & ~c);
}

TEST(Arithmetic, BitsAreReversed) {
  EXPECT_EQ(bits_reversed<u32>(1), 0x80000000u);
  EXPECT_EQ(bits_reversed<u32>(0x12345678), 0x1e6a2c48u);
  EXPECT_EQ(bits_reversed<u64>(2), u64{1} << 62);
}

TEST(Arithmetic, ConversionsToIntegersSaturate) {
  EXPECT_EQ(truncated<u32>(3.9f), 3u);
  EXPECT_EQ(truncated<u32>(-1.0f), 0u);
  EXPECT_EQ(truncated<u32>(4294967296.0f), 0xffffffffu);
  EXPECT_EQ(truncated<s32>(-3.9), -3);
  EXPECT_EQ(truncated<s32>(1e30), 0x7fffffff);
  EXPECT_EQ(truncated<u64>(std::nan("")), 0u);
}

}  // namespace
}  // namespace emulated_gpu::test
