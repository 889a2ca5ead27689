#include "bench/measure.hpp"

#include <gtest/gtest.h>

#include "bench/copy.hpp"
#include "engines/choose.hpp"
#include "engines/definition/reference.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

TEST(Measure, ReportsWhatWasRun) {
  BenchRow const row = measure(find_engine("cpu"), {1}, {20, 1000, 3});
  EXPECT_EQ(row.engine, "cpu");
  EXPECT_EQ(row.workers, 20u);
  EXPECT_EQ(row.iterations, 1000u);
  EXPECT_EQ(row.repeat, 3u);
  EXPECT_LE(row.slowest, row.draws_per_second);
  EXPECT_GE(row.fastest, row.draws_per_second);
  EXPECT_NEAR(row.nanoseconds_per_draw * row.draws_per_second, 1e9, 1);
  EXPECT_NEAR(row.iterations_per_second * 20, row.draws_per_second, 1e-6 * row.draws_per_second);
  EXPECT_GT(row.machine_share, 0);
  EXPECT_LE(row.machine_share, 1);
}

TEST(Measure, ChoosesIterationsThatTakeAboutTheWantedTime) {
  BenchRow const row =
      measure(find_engine("cpu"), {1}, {.workers = 64, .iterations = 0, .repeat = 1, .seconds = 0.02});
  double const took = static_cast<double>(row.iterations) / row.iterations_per_second;
  EXPECT_GT(took, 0.001);  // a busy machine may be far off; the order of magnitude must hold
  EXPECT_LT(took, 0.4);
}

/// Chunks that stay in a cache may be faster than memory, but not by much: a delay costs far more than its
/// bytes.
TEST(Measure, ComparesTheMaterializedPipelineWithCopyingMemory) {
  BenchRow const row = measure(find_engine("cpu-materialized"), {1}, {64, 10000, 1});
  ASSERT_TRUE(row.copy_bytes_per_second);
  EXPECT_GT(*row.copy_bytes_per_second, 1e8);
  EXPECT_LT(*row.copy_bytes_per_second, 1e13);
  ASSERT_TRUE(row.ceiling_fraction);
  EXPECT_NEAR(*row.ceiling_fraction, 8 * row.draws_per_second / *row.copy_bytes_per_second,
              1e-9 * *row.ceiling_fraction);
  EXPECT_FALSE(measure(find_engine("cpu"), {1}, {64, 100, 1}).copy_bytes_per_second);
}

TEST(CopyBytesPerSecond, AreMeasuredWithSeveralThreads) { EXPECT_GT(copy_bytes_per_second(3).value(), 1e8); }

/// Off by one iteration: as fast as you like, and refused.
class WrongEngine final : public Engine {
 public:
  void run(std::span<Work const> work) override {
    std::vector<Work> shifted(work.begin(), work.end());
    for (Work& piece : shifted) ++piece.iterations.first;
    make_reference_engine()->run(shifted);
  }
  std::string device() const override { return "wrong"; }
};

TEST(Measure, RefusesAWrongAnswer) {
  EngineRow wrong = find_engine("reference");
  wrong.name = "wrong";
  wrong.make = [](EngineOptions const&) -> std::unique_ptr<Engine> {
    return std::make_unique<WrongEngine>();
  };
  expect_error(ExitCode::validation, "differs from reference", [&] { measure(wrong, {1}, {20, 100, 1}); });
}

TEST(ProbeClock, IsBetweenOneAndTenGigahertzWhereItIsKnown) {
  ClockProbe const probe = probe_clock(2);
  EXPECT_GT(probe.share, 0);
  EXPECT_LE(probe.share, 1);
  if (probe.hertz) {
    EXPECT_GT(*probe.hertz, 1e9);
    EXPECT_LT(*probe.hertz, 1e10);
  }
}

}  // namespace
}  // namespace dsgd
