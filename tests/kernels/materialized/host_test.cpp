#include "kernels/materialized/host.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "dsgd/engine/materialized.hpp"
#include "dsgd/error.hpp"
#include "tests/support/form_batches.hpp"
#include "tests/support/scalar_reference.hpp"

namespace dsgd {
namespace {

using test::EqualityCase;
using test::run_batch;
using test::scalar_reference;

TEST(CpuMaterialized, EqualsTheDefinitionForEveryNumberOfWorkers) {
  auto const engine = make_cpu_materialized_engine(1);
  for (EqualityCase const& c : test::equality_cases(4096)) {
    Batch const batch = test::extremes_batch(7, c.workers);
    IterationRange const range{11, c.iterations};
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), scalar_reference(batch, range))
        << "workers " << c.workers;
  }
}

TEST(CpuMaterialized, EqualsTheDefinitionAround32BitIterations) {
  auto const engine = make_cpu_materialized_engine(2);
  for (std::uint32_t workers : {1u, 3u, 20u, 67u, 1000u}) {
    Batch const batch = test::extremes_batch(0x123456789abcdef0u, workers);
    for (std::uint64_t first : {(std::uint64_t{1} << 32) - 3, max_iterations - 7}) {
      IterationRange const range{first, 7};
      EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), scalar_reference(batch, range))
          << workers << ' ' << first;
    }
  }
}

TEST(CpuMaterialized, ChunkSizeChangesNothing) {
  for (std::uint32_t workers : {1u, 5u, 20u, 1000u}) {
    Batch const batch = test::extremes_batch(3, workers);
    IterationRange const range{0, 101};
    std::vector<Summary> const expected = scalar_reference(batch, range);
    for (std::uint64_t bytes : {1u, 64u, 100u, 333u, 4096u, 5000u, 1u << 20}) {
      auto const engine = kernels::make_cpu_materialized_engine(1, bytes);
      EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), expected)
          << workers << " workers, " << bytes << " bytes";
    }
  }
}

TEST(CpuMaterialized, ThreadsChangeNothing) {
  Batch const batch = test::extremes_batch(5, 37);
  IterationRange const range{1, 50'001};  // several blocks for each thread
  std::vector<Summary> const expected = scalar_reference(batch, range);
  for (unsigned threads : {1u, 2u, 3u}) {
    auto const engine = make_cpu_materialized_engine(threads);
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), expected) << threads;
  }
}

TEST(CpuMaterialized, ServesBatchesOfSeveralRatesAndWorkers) {
  Batch const batch = test::strategy_batch({9, 0}, {1, 4, 20, 99}, {Sync{}, Async{}, Fastest{}},
                                           {Exponential{1e-6}, Exponential{2.0}, Exponential{1e6}});
  IterationRange const range{1000, 513};
  EXPECT_PRED_FORMAT2(same_summaries, run_batch(*make_cpu_materialized_engine(2), batch, range),
                      scalar_reference(batch, range));
}

TEST(CpuMaterialized, AddsToWhatSummariesHold) {
  Batch const batch = test::extremes_batch(1, 20);
  std::vector<Summary> summaries(2);
  std::vector<Work> const work{{&batch, {0, 100}, summaries}, {&batch, {100, 23}, summaries}};
  make_cpu_materialized_engine(2)->run(work);
  EXPECT_PRED_FORMAT2(same_summaries, summaries, scalar_reference(batch, {0, 123}));
}

TEST(CpuMaterialized, RefusesOtherRanks) {
  Batch batch = test::extremes_batch(1, 20);
  batch.observables[0].runtime = OrderStatistic{7};
  try {
    run_batch(*make_cpu_materialized_engine(1), batch, {0, 1});
    FAIL() << "rank 7 of 20 is neither a maximum nor a minimum";
  } catch (Error const& error) {
    EXPECT_EQ(error.code(), ExitCode::usage);
  }
}

/// Largest resident memory of this process so far, KiB. @return 0 where the system does not say
std::uint64_t peak_resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:") {
      std::uint64_t kib = 0;
      status >> kib;
      return kib;
    }
  return 0;
}

TEST(CpuMaterialized, StaysBelow64MiBForAMillionWorkers) {
  Batch const batch = test::extremes_batch(2, 1u << 20);
  IterationRange const range{0, 9};
  std::vector<Summary> const made = run_batch(*make_cpu_materialized_engine(3), batch, range);
  std::uint64_t const peak = peak_resident_kib();  // before the definition keeps all delays
  EXPECT_PRED_FORMAT2(same_summaries, made, scalar_reference(batch, range));
  ASSERT_GT(peak, 0u);
  EXPECT_LT(peak, 64u * 1024u);
}

}  // namespace
}  // namespace dsgd
