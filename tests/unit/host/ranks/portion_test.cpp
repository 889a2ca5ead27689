#include "ranks/portion.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <stdexcept>
#include <vector>

#include "support/points.hpp"

namespace dsgd {
namespace {

Batch batch_of(std::uint32_t workers) {
  return {{1, workers}, {observable(make_point(Sync{}, workers, 1))}, {0}};
}

TEST(PortionQueue, HandsOutEveryIterationOnceInPortionsThatShrink) {
  Batch const batches[] = {batch_of(1), batch_of(1000), batch_of(10)};
  std::vector<Summary> sums(1);
  std::vector<Work> const work{
      {&batches[0], {5, 1'000'003}, sums}, {&batches[1], {0, 100'000}, sums}, {&batches[2], {7, 3}, sums}};
  PortionQueue queue(work, 2);
  std::vector<std::uint64_t> next{5, 0, 7};
  std::vector<double> draws;
  for (std::vector<Piece> portion = queue.take(); !portion.empty(); portion = queue.take()) {
    draws.push_back(0);
    for (Piece const& piece : portion) {
      auto const number = static_cast<std::size_t>(piece.work - work.data());
      EXPECT_EQ(piece.iterations.first, next[number]);
      next[number] += piece.iterations.count;
      draws.back() += static_cast<double>(piece.iterations.count) * (number == 1 ? 1000 : 1);
    }
  }
  EXPECT_EQ(next, (std::vector<std::uint64_t>{1'000'008, 100'000, 10}));
  EXPECT_GT(draws.size(), 30u);
  EXPECT_LT(draws.size(), 600u);
  EXPECT_LT(draws.back(), draws_of(work) / 200) << "the last portion ends the run soon";
}

/// Two ranks take portions as they get free, the second one two at a time. @return the seconds that one waits
/// for the other in the end, as a share of all
double idle_share(double draws_per_second, double of_the_second) {
  Batch const batch = batch_of(1000);
  std::vector<Summary> sums(1);
  Work const work{&batch, {0, 500'000}, sums};
  PortionQueue queue({&work, 1}, 2);
  std::vector<double> const speed{draws_per_second, of_the_second};
  std::vector<double> busy_until(2);  // with all that it has taken
  std::vector<std::deque<double>> ends(2);
  for (;;) {
    // who can take next: the first once it is done, the second once one portion of its two is
    double const second = ends[1].size() < 2 ? 0 : ends[1][ends[1].size() - 2];
    std::size_t const rank = busy_until[0] <= second ? 0 : 1;
    std::vector<Piece> const portion = queue.take();
    if (portion.empty()) break;
    double draws = 0;
    for (Piece const& piece : portion) draws += 1000 * static_cast<double>(piece.iterations.count);
    busy_until[rank] += draws / speed[rank];
    ends[rank].push_back(busy_until[rank]);
  }
  return std::abs(busy_until[0] - busy_until[1]) / std::max(busy_until[0], busy_until[1]);
}

TEST(PortionQueue, RanksOfAnySpeedEndTogether) {
  for (double const second : {1e9, 0.9e9, 0.5e9, 3e9}) EXPECT_LT(idle_share(1e9, second), 0.01) << second;
}

TEST(PortionQueue, IsEmptyOnceAbandoned) {
  Batch const batch = batch_of(10);
  std::vector<Summary> sums(1);
  Work const work{&batch, {0, 1'000'000'000}, sums};
  PortionQueue queue({&work, 1}, 2);
  EXPECT_FALSE(queue.take().empty());
  queue.abandon();
  EXPECT_TRUE(queue.take().empty());
}

TEST(PortionMessage, TellsStreamIterationsAndPoints) {
  Batch const batch{{~0ull, 7}, {}, {3, 1, 2}};
  Work const work{&batch, {0, 10}, {}};
  Piece const pieces[] = {{&work, {4, 5}}, {&work, {1ull << 40, 1}}};
  std::vector<PieceOrder> const orders = parse_portion(portion_message(pieces));
  ASSERT_EQ(orders.size(), 2u);
  EXPECT_EQ(orders[0].stream.seed, ~0ull);
  EXPECT_EQ(orders[0].stream.id, 7u);
  EXPECT_EQ(orders[0].iterations.first, 4u);
  EXPECT_EQ(orders[0].iterations.count, 5u);
  EXPECT_EQ(orders[0].points, (std::vector<std::size_t>{3, 1, 2}));
  EXPECT_EQ(orders[1].iterations.first, 1ull << 40);
}

TEST(SumsMessage, AddsTheSums) {
  std::vector<std::vector<Summary>> sums(1, std::vector<Summary>(2));
  sums[0][0].add(1.5f, -10);
  sums[0][1].add(2.5f, -10);
  std::vector<Summary> mine(2);
  Batch const batch{};
  Work const work{&batch, {0, 1}, mine};
  Piece const piece{&work, {0, 1}};
  for (int i = 0; i < 2; ++i) add_sums(sums_message(sums), {&piece, 1});
  Summary twice = sums[0][1];
  twice.merge(sums[0][1]);
  EXPECT_EQ(mine[1], twice);
  EXPECT_EQ(mine[0].iterations, 2u);
  EXPECT_THROW(add_sums(sums_message(sums).substr(0, 20), {&piece, 1}), std::runtime_error);
}

}  // namespace
}  // namespace dsgd
