#include "plan/speed.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

PlannedGroup group(std::size_t form, double draws_per_unit, std::uint64_t units) {
  return {form, draws_per_unit, units, {}};
}

TEST(Speed, IsMeasuredAtKnownSizes) {
  Speed speed;
  speed.add(0, 10, 2e-9);
  speed.add(0, 1000, 1e-9);
  EXPECT_DOUBLE_EQ(*speed.seconds(group(0, 10, 5)), 50 * 2e-9);
  EXPECT_DOUBLE_EQ(*speed.seconds(group(0, 1000, 5)), 5000 * 1e-9);
}

TEST(Speed, FollowsAPowerLawBetweenThem) {
  Speed speed;
  speed.add(0, 10, 4e-9);
  speed.add(0, 1000, 1e-9);
  EXPECT_NEAR(*speed.seconds(group(0, 100, 1)), 100 * 2e-9, 1e-18);
}

TEST(Speed, StaysBeyondThem) {
  Speed speed;
  speed.add(0, 10, 4e-9);
  speed.add(0, 1000, 1e-9);
  EXPECT_DOUBLE_EQ(*speed.seconds(group(0, 1, 1)), 4e-9);
  EXPECT_DOUBLE_EQ(*speed.seconds(group(0, 1e6, 1)), 1e-3);
}

TEST(Speed, OfOneFormTellsNothingOfOthers) {
  Speed speed;
  speed.add(0, 10, 4e-9);
  EXPECT_FALSE(speed.seconds(group(1, 10, 1)));
}

}  // namespace
}  // namespace dsgd
