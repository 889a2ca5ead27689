#include "dsgd/clock.hpp"

#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace dsgd {
namespace {

constexpr Clocks async{Clocks::Rule::arrivals, 1};

TEST(ClockPlan, HasAThousandUpdatesPerReplicationAndAtLeast32Replications) {
  EXPECT_EQ(clock_plan(async, 8, 5000).replications, 32u);
  EXPECT_EQ(clock_plan(async, 8, 1 << 20).replications, 1024u);
  EXPECT_EQ(clock_plan(async, 8, 7).replications, 7u);
  EXPECT_EQ(clock_plan(async, 8, max_iterations).replications, 0xffffffffu);
}

TEST(ClockPlan, MeasuresAtLeastWhatWasAskedFor) {
  for (std::uint64_t const iterations : {1ull, 31ull, 33ull, 5000ull, 1'000'003ull, 1ull << 50})
    for (std::uint64_t const workers : {1ull, 7ull, 20ull, 1000ull}) {
      ClockPlan const plan = clock_plan(async, workers, iterations);
      EXPECT_GE(plan.replications * plan.updates, iterations) << iterations << " with " << workers;
    }
}

/// Laws without spread never forget that all workers started together.
TEST(ClockPlan, MeasuresWholeRoundsOfAllWorkers) {
  for (std::uint64_t const k : {1ull, 3ull, 8ull, 20ull, 50ull})
    for (std::uint64_t const workers : {1ull, 7ull, 20ull}) {
      ClockPlan const plan = clock_plan({Clocks::Rule::arrivals, k}, workers, 5000);
      EXPECT_EQ(plan.updates * k % workers, 0u);
      EXPECT_EQ(plan.warm_up * k % workers, 0u);
      EXPECT_GE(plan.warm_up * k, 16 * workers);
    }
}

TEST(ClockPlan, NeedsNoWarmUpWhereEveryUpdateRestartsAll) {
  EXPECT_EQ(clock_plan({Clocks::Rule::restart, 3}, 20, 5000).warm_up, 0u);
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

}  // namespace
}  // namespace dsgd
