#include "recommend/resampling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "dsgd/draw/address.hpp"

namespace dsgd {
namespace {

constexpr Stream stream{5, 9};

std::shared_ptr<Replay const> steps_of(std::size_t workers, std::vector<double> times) {
  auto replay = std::make_shared<Replay>();
  replay->set_times(workers, std::move(times));
  return replay;
}

TEST(DrawnRows, AreEquallyLikely) {
  constexpr std::uint32_t count = 10, tables = 20000;
  std::vector<double> drawn(count, 0);
  for (std::uint32_t table = 0; table < tables; ++table)
    for (std::uint32_t const row : drawn_rows(count, 3, stream, table)) ++drawn[row];
  // Four blocks of up to 3 rows each: a count has a variance below 4 * 3 * 0.3 a table. At 5.5 deviations a
  // false alarm in ten has a probability of 4e-7.
  double const deviation = std::sqrt(tables * 3.6);
  for (double const times : drawn) EXPECT_NEAR(times, tables, 5.5 * deviation);
}

TEST(DrawnRows, KeepNeighboursInBlocks) {
  std::vector<std::uint32_t> const rows = drawn_rows(100, 7, stream, 0);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (i % 7 == 0) continue;
    EXPECT_EQ(rows[i], (rows[i - 1] + 1) % 100);
  }
}

/// A first-order autoregression with normal noise by Box and Muller's pairs.
std::vector<double> autoregression(std::size_t count, double correlation) {
  std::vector<double> series(count);
  double last = 0;
  for (std::size_t i = 0; i < count; ++i) {
    double const u = (draw_word(stream, i, 0) + 0.5) * 0x1p-32, v = draw_word(stream, i, 1) * 0x1p-32;
    double const normal = std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v);
    last = correlation * last + std::sqrt(1 - correlation * correlation) * normal;
    series[i] = last;
  }
  return series;
}

TEST(BlockLength, GrowsWithCorrelation) {
  EXPECT_EQ(block_length(autoregression(2000, 0)), 1u);
  EXPECT_EQ(block_length(std::vector<double>(50, 3.0)), 1u);
  // (6 * (0.5 / 0.75)^2 * 2000)^(1/3) = 17.5, and the estimated correlation has a deviation of 0.02: 16 to 19.
  EXPECT_NEAR(block_length(autoregression(2000, 0.5)), 17.5, 2);
  EXPECT_GT(block_length(autoregression(2000, 0.9)), 40u);
  EXPECT_LE(block_length(autoregression(40, 0.99)), 10u);
}

TEST(Replayed, KeepsWholeSteps) {
  auto const replay = steps_of(2, {1, 10, 2, 20, 3, 30});
  Fleet const drawn = replayed(*replay, {2, 2, 0});
  ASSERT_TRUE(drawn.replay());
  EXPECT_EQ(drawn.replay()->runtimes(OrderStatistic{2}), (std::vector<double>{30, 30, 10}));
  EXPECT_EQ(drawn.replay()->runtimes(OrderStatistic{1}), (std::vector<double>{3, 3, 1}));
}

TEST(WithDrawnTimes, TakesEachGroupsTimesFromItsOwn) {
  Empirical low, high;
  low.set_values({1, 2, 3, 4});
  low.shift = 0.5;
  high.set_values({100, 200, 300});
  Fleet const fleet(std::vector<FleetGroup>{{3, low}, {1, high}, {2, Exponential{}}});
  EXPECT_TRUE(fleet.is_measured());
  EXPECT_EQ(measured_rows(fleet), 3u);
  bool differs = false;
  for (std::uint64_t replicate = 0; replicate < 20; ++replicate) {
    Fleet const drawn = with_drawn_times(fleet, stream, replicate);
    ASSERT_EQ(drawn.groups().size(), 3u);
    EXPECT_EQ(drawn.groups()[0].workers, 3u);
    EXPECT_TRUE(std::holds_alternative<Exponential>(drawn.groups()[2].law));
    auto const& times = std::get<Empirical>(drawn.groups()[0].law);
    ASSERT_EQ(times.sampler().size, 4u);
    for (float const excess : times.sampler().table()) {
      double const value = times.origin() + static_cast<double>(excess);
      EXPECT_TRUE(value == 1.5 || value == 2.5 || value == 3.5 || value == 4.5) << value;
      differs = differs || value - times.origin() != excess || times.origin() != 1.5;
    }
  }
  EXPECT_TRUE(differs);
  EXPECT_FALSE(Fleet(Exponential{}, 4).is_measured());
}

TEST(WithDrawnTimes, GivesGroupsOfOneTableTheSameTimes) {
  Empirical first, second, other;
  first.set_values({1, 2, 3, 4, 5, 6});
  second.set_values({1, 2, 3, 4, 5, 6});
  second.shift = 10;
  other.set_values({1, 2, 3, 4, 5, 7});
  Fleet const fleet(std::vector<FleetGroup>{{1, first}, {1, second}, {1, other}});
  bool differs = false;
  for (std::uint64_t replicate = 0; replicate < 20; ++replicate) {
    Fleet const drawn = with_drawn_times(fleet, stream, replicate);
    auto const table = [&](std::size_t group) {
      return std::get<Empirical>(drawn.groups()[group].law).sampler().table();
    };
    EXPECT_TRUE(std::equal(table(0).begin(), table(0).end(), table(1).begin()));
    differs = differs || !std::equal(table(0).begin(), table(0).end(), table(2).begin());
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace dsgd
