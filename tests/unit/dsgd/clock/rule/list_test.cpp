#include "dsgd/clock/rule/list.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

constexpr clock_rule::Arrivals arrivals;
constexpr clock_rule::Workers workers;
constexpr clock_rule::Restart restart;
constexpr clock_rule::BoundedStaleness bounded{3};
constexpr clock_rule::Rounds rounds;

TEST(ClockRule, SaysWhenTheNextJobBegins) {
  EXPECT_EQ(next_job(arrivals), NextJob::at_once);
  EXPECT_EQ(next_job(workers), NextJob::at_update);
  EXPECT_EQ(next_job(restart), NextJob::all_at_update);
  EXPECT_FALSE(next_job(bounded));  // it depends on the slowest worker
  EXPECT_FALSE(next_job(rounds));
}

TEST(ClockRule, SaysWhoWaitsAndWhoRestarts) {
  EXPECT_FALSE(they_wait(arrivals) || all_restart(arrivals));
  EXPECT_TRUE(they_wait(workers) && !all_restart(workers));
  EXPECT_TRUE(all_restart(restart) && !they_wait(restart));
  EXPECT_TRUE(they_wait(bounded) && !all_restart(bounded));
  EXPECT_TRUE(they_wait(rounds) && all_restart(rounds));
  EXPECT_EQ(jobs_apart(bounded), 4u);
  EXPECT_EQ(jobs_apart(workers), 1u);
}

TEST(ClockRule, HasRoundsInWhichAllArriveEquallyOften) {
  EXPECT_EQ(updates_per_round(arrivals, 6, 4), 3u);  // of 12 arrivals, two of each worker
  EXPECT_EQ(updates_per_round(arrivals, 6, 12), 1u);
  EXPECT_EQ(updates_per_round(workers, 7, 3), 2u);  // groups of three that restart together
  EXPECT_EQ(updates_per_round(restart, 6, 4), 1u);
  EXPECT_EQ(updates_per_round(bounded, 6, 1), 6u);
  EXPECT_EQ(updates_per_round(rounds, 6, 4), 1u);
}

TEST(ClockRule, BoundsTheDelaysInARow) {
  EXPECT_EQ(delays_in_a_row(arrivals, 4, 4), 1u);
  EXPECT_EQ(delays_in_a_row(arrivals, 4, 9), 3u);
  EXPECT_EQ(delays_in_a_row(restart, 4, 9), 3u);
  EXPECT_EQ(delays_in_a_row(workers, 4, 4), 1u);
  EXPECT_EQ(delays_in_a_row(bounded, 4, 1), 1u);
  EXPECT_EQ(delays_in_a_row(rounds, 4, 4), 1u);
}

struct LooksAtOthers {};
static_assert(CountedRule<clock_rule::Arrivals> && !CountedRule<LooksAtOthers>);

}  // namespace
}  // namespace dsgd
