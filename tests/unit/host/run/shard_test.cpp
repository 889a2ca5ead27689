#include "run/shard.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

TEST(ParseShard, KnowsItsForm) {
  EXPECT_EQ(parse_shard("2/5"), (Shard{2, 5}));
  EXPECT_EQ(shard_text({2, 5}), "2/5");
  EXPECT_TRUE(parse_shard("1/1").whole());
  for (char const* const text : {"", "2", "0/5", "6/5", "-1/5", "1/0", "1/2/3", "a/b", "1/1000001", "1.5/2"})
    expect_error(ExitCode::usage, "--shard", [&] { parse_shard(text); });
}

TEST(ShardUnits, FollowEachOtherAndAreEqualButForOne) {
  for (std::uint64_t const units : {std::uint64_t{1}, std::uint64_t{7}, std::uint64_t{5000}, max_iterations})
    for (std::uint64_t const count : {1u, 2u, 3u, 7u, 1000u})
      for (std::uint32_t const workers : {1u, 2u, 20u}) {
        Point const point = make_point(Sync{}, workers, units);
        std::uint64_t next = 0;
        for (std::uint64_t number = 1; number <= count; ++number) {
          IterationRange const range = shard_units({number, count}, ShardBy::units, point, units);
          EXPECT_EQ(range.first, next);
          EXPECT_LE(range.count, units / count + 1);
          EXPECT_GE(range.count, units / count);
          next += range.count;
        }
        EXPECT_EQ(next, units);
      }
}

/// Where there are fewer units than shards, another shard is lucky for each number of workers.
TEST(ShardUnits, SpreadWhatIsLeft) {
  std::vector<int> points(10);
  for (std::uint32_t workers = 1; workers <= 1000; ++workers)
    for (std::uint64_t number = 1; number <= 10; ++number)
      points[number - 1] += static_cast<int>(
          shard_units({number, 10}, ShardBy::units, make_point(Sync{}, workers, 1), 1).count);
  for (int const share : points) EXPECT_NEAR(share, 100, 20);
}

TEST(ShardUnits, GiveAPointToOneShardWhereUnitsDecide) {
  for (std::uint32_t const workers : {1u, 2u, 20u}) {
    int owners = 0;
    for (std::uint64_t number = 1; number <= 7; ++number) {
      IterationRange const range =
          shard_units({number, 7}, ShardBy::points, make_point(Sync{}, workers, 99), 99);
      EXPECT_EQ(range.first, 0u);
      EXPECT_TRUE(range.count == 0 || range.count == 99);
      owners += range.count != 0;
    }
    EXPECT_EQ(owners, 1);
  }
}

}  // namespace
}  // namespace dsgd
