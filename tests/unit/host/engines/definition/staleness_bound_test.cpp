#include "engines/definition/staleness_bound.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace dsgd {
namespace {

using Workers = std::vector<std::uint32_t>;

Workers end_job(StalenessBound& bound, std::uint32_t worker) {
  auto const begin = bound.end_job(worker);
  Workers sorted(begin.begin(), begin.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

TEST(StalenessBound, OfZeroLetsAllBeginTogether) {
  StalenessBound bound(0, 3);
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(end_job(bound, 1), Workers{});
    EXPECT_EQ(end_job(bound, 0), Workers{});
    EXPECT_EQ(end_job(bound, 2), (Workers{0, 1, 2}));
  }
}

TEST(StalenessBound, LetsWorkersBeAsFarAheadAsItSays) {
  StalenessBound bound(2, 3);
  EXPECT_EQ(end_job(bound, 0), Workers{0});
  EXPECT_EQ(end_job(bound, 0), Workers{0});
  EXPECT_EQ(end_job(bound, 0), Workers{});  // three jobs more than the slowest
  EXPECT_EQ(end_job(bound, 1), Workers{1});
  EXPECT_EQ(end_job(bound, 2), (Workers{0, 2}));
  EXPECT_EQ(end_job(bound, 0), Workers{});  // four to one
  EXPECT_EQ(end_job(bound, 2), Workers{2});
  EXPECT_EQ(end_job(bound, 1), (Workers{0, 1}));
}

TEST(StalenessBound, OfOneWorkerBindsNobody) {
  StalenessBound bound(0, 1);
  EXPECT_EQ(end_job(bound, 0), Workers{0});
  EXPECT_EQ(end_job(bound, 0), Workers{0});
}

}  // namespace
}  // namespace dsgd
