#include "dsgd/clock/plan.hpp"

#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace dsgd {
namespace {

constexpr Clocks async{clock_rule::Arrivals{}, 1};

constexpr Clocks three_wait{clock_rule::Workers{}, 3};

TEST(ClockPlan, HasAThousandUpdatesPerReplicationAndAtLeast32Replications) {
  EXPECT_EQ(clock_plan(async, 8, 5000).replications, 32u);
  EXPECT_EQ(clock_plan(async, 8, 1 << 20).replications, 1024u);
  EXPECT_EQ(clock_plan(async, 8, 7).replications, 7u);
  EXPECT_EQ(clock_plan(async, 8, max_iterations).replications, 0xffffffffu);
}

TEST(ClockPlan, MeasuresAtLeastWhatWasAskedFor) {
  for (std::uint64_t const iterations : {1ull, 31ull, 33ull, 5000ull, 1'000'003ull, 1ull << 50})
    for (std::uint64_t const workers : {1ull, 7ull, 20ull, 1000ull})
      for (double const longest : {0.0, 300.0, 40'000.0}) {
        ClockPlan const plan = clock_plan(async, workers, iterations, longest);
        EXPECT_GE(plan.replications * plan.updates, iterations) << iterations << " with " << workers;
      }
}

/// Laws without spread never forget that all workers started together.
TEST(ClockPlan, MeasuresWholeRoundsOfAllWorkers) {
  for (std::uint64_t const k : {1ull, 3ull, 8ull, 20ull, 50ull})
    for (std::uint64_t const workers : {1ull, 7ull, 20ull}) {
      ClockPlan const plan = clock_plan({clock_rule::Arrivals{}, k}, workers, 5000);
      EXPECT_EQ(plan.updates * k % workers, 0u);
      EXPECT_EQ(plan.warm_up * k % workers, 0u);
    }
}

/// Ten workers, three of which restart at a time, are three groups that each have an update in a round.
TEST(ClockPlan, MeasuresWholeRoundsOfGroupsThatRestartTogether) {
  ClockPlan const plan = clock_plan(three_wait, 10, 5000);
  EXPECT_EQ(plan.updates % 3, 0u);
  EXPECT_EQ(plan.warm_up % 3, 0u);
  EXPECT_GE(plan.warm_up * 3, 160u);
}

TEST(ClockPlan, WarmsUpAsLongAsTheLongestJobsLastAndTwiceWhereWorkersWait) {
  EXPECT_GE(clock_plan(async, 20, 5000, 500).warm_up, 500u * 20);
  EXPECT_LT(clock_plan(async, 20, 5000, 500).warm_up, 501u * 20 + 20);
  EXPECT_GE(clock_plan(three_wait, 20, 5000, 500).warm_up * 3, 2 * 500u * 20);
  EXPECT_TRUE(clock_plan(async, 20, 5000, 500).settles);
}

TEST(ClockPlan, MeasuresAsLongAsItWarmsUpWhereLongJobsAreRare) {
  EXPECT_EQ(clock_plan(async, 20, 5000, 500).updates, clock_plan(async, 20, 5000, 500).warm_up);
  EXPECT_EQ(clock_plan(async, 20, 5000, 60).updates, 160u);
}

TEST(ClockPlan, MeasuresAsLongAsItWarmsUpWhereThatLeaves256Replications) {
  ClockPlan const long_ones = clock_plan(async, 20, 1 << 26, 500);
  EXPECT_EQ(long_ones.replications, (1u << 26) / 10001);
  EXPECT_GE(long_ones.updates, long_ones.warm_up);
  EXPECT_EQ(clock_plan(async, 20, 1 << 20, 500).replications, 256u);
}

TEST(ClockPlan, SaysThatNoWarmUpIsLongEnough) {
  ClockPlan const plan = clock_plan(async, 20, 5000, 70'000);
  EXPECT_FALSE(plan.settles);
  EXPECT_EQ(plan.warm_up, 0u);
  EXPECT_FALSE(clock_plan(three_wait, 20, 5000, 1e300).settles);
  EXPECT_FALSE(clock_plan(async, max_workers, 5000, 17).settles);  // more than 2^28 updates
}

TEST(ClockPlan, HasFewReplicationsOfVeryManyWorkers) {
  EXPECT_EQ(clock_plan(async, 100'000, 5000, 5).replications, 8u);
  EXPECT_EQ(clock_plan(async, 100'000, 5000, 5).updates, 100'000u);
  EXPECT_EQ(clock_plan(async, 100'000, 1 << 20, 5).replications, 10u);
}

TEST(ClockPlan, NeedsNoWarmUpWhereEveryUpdateRestartsAll) {
  EXPECT_EQ(clock_plan({clock_rule::Restart{}, 3}, 20, 5000).warm_up, 0u);
}

TEST(ClockStream, IsNoOtherStream) {
  EXPECT_EQ(clock_stream(5, 20, false).id, (1u << 24) + 20);
  EXPECT_EQ(clock_stream(5, max_workers, false).id, (1u << 25) - 1);
  EXPECT_EQ(clock_stream(5, 20, true).id, 1u << 26);
}

/// Counter {stream, worker, n / 4, replication}, word n mod 4.
TEST(JobAddress, CountsJobsInPlaceOfIterations) {
  Stream const stream = clock_stream(99, 20, false);
  for (std::uint64_t const job : {0ull, 3ull, 4ull, 1'000'001ull, (1ull << 34) - 1}) {
    auto const [iteration, index] = job_address(0xdeadbeef, 17, job);
    PhiloxBlock const block =
        philox4x32_10({{stream.id, 17, static_cast<std::uint32_t>(job / 4), 0xdeadbeef}}, philox_key(99));
    EXPECT_EQ(draw_word(stream, iteration, index), block.word[job % 4]);
  }
}

/// Nothing that belongs to a job has the address of anything else.
TEST(JobAddress, IsNoAddressOfStatesCopiesAndTheirRunners) {
  std::set<std::uint64_t> indices;
  for (auto const& address_of : {job_address, state_address, copy_address, runner_address})
    for (std::uint32_t const worker : {0u, 17u, max_workers})
      for (std::uint64_t const job : {0ull, 3ull, 401ull}) {
        EXPECT_EQ(address_of(7, worker, job).iteration, job_address(7, worker, job).iteration);
        EXPECT_TRUE(indices.insert(address_of(7, worker, job).index).second) << worker << " " << job;
      }
  EXPECT_LT(*indices.rbegin(), 1ull << 34);  // the largest index of a draw
}

}  // namespace
}  // namespace dsgd
