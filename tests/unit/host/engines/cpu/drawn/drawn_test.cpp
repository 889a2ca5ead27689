/// Whole batches against the definition of a summary.
#include "engines/cpu/drawn/drawn.hpp"

#include <algorithm>
#include <functional>
#include <variant>
#include <vector>

#include "support/scalar_reference.hpp"
#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

class DrawnRanksTest : public PerInstructionSet {
 protected:
  void expect_right(Batch const& batch, IterationRange iterations) {
    std::vector<Summary> summaries(batch.observables.size());
    accumulate_(batch, iterations, summaries);
    EXPECT_PRED_FORMAT2(same_summaries, summaries, scalar_reference(batch, iterations));
  }

  DrawnRanks accumulate_{set()};
};

Observable waiting_for(std::uint32_t rank, std::uint32_t workers, double rate = 2.0) {
  auto const law = Exponential{rate}.sampler();
  return {{{workers, law, 0, 0}},
          OrderStatistic{rank},
          quantum_exponent(order_statistic_range(law, workers, rank))};
}

Batch both_ends(std::vector<std::uint32_t> const& workers, double rate = 2.0) {
  Batch batch{{9, 0}, {}};
  for (std::uint32_t const m : workers)
    for (std::uint32_t const rank : {m, 1u}) batch.observables.push_back(waiting_for(rank, m, rate));
  return batch;
}

std::vector<std::uint32_t> up_to(std::uint32_t last) {
  std::vector<std::uint32_t> workers;
  for (std::uint32_t m = 1; m <= last; ++m) workers.push_back(m);
  return workers;
}

TEST_P(DrawnRanksTest, EveryNumberOfWorkers) { expect_right(both_ends(up_to(300)), {3, 77}); }

TEST_P(DrawnRanksTest, AnyMixtureOfWorkers) {
  expect_right(both_ends({1, 2, 5, 1024}), {17, 50});
  expect_right(both_ends({1024}), {17, 50});
  expect_right(both_ends({3, 7, 8, 9, 17, 18, 19, 20, 21, 22, 1023, 1024, 1025}), {17, 50});
  expect_right(both_ends({6, 4093, 4096, 4097, 4104, 9000}), {17, 5});
}

TEST_P(DrawnRanksTest, RunsEndWhereTheyEnd) {
  for (std::uint64_t const count : {1u, 16u, 1023u, 1024u, 1025u, 3000u})
    expect_right(both_ends({1, 2, 3, 4, 20, 21}), {5, count});
}

TEST_P(DrawnRanksTest, IterationsAround2To32) {
  expect_right(both_ends(up_to(30)), {(1ull << 32) - 700, 1800});
}

/// The definition for any rank. The common one knows the slowest and the fastest alone.
Summary scalar_summary(Stream stream, Observable const& observable, std::uint32_t rank,
                       IterationRange iterations) {
  Summary summary;
  for (std::uint64_t i = iterations.first; i < iterations.first + iterations.count; ++i) {
    std::vector<std::uint32_t> words;
    for (std::uint32_t worker = 0; worker < observable.workers(); ++worker)
      words.push_back(draw_word(stream, i, worker));
    std::sort(words.begin(), words.end(), std::greater<>());
    std::uint32_t const k = words[rank - 1];
    summary.add(
        std::visit([&](auto const& law) { return law.excess(k, tail_word(stream, i, k)); }, observable.law()),
        observable.quantum_exponent);
  }
  return summary;
}

/// Ranks between the extremes, beside them and beside each other.
TEST_P(DrawnRanksTest, AnyRank) {
  Batch batch{{9, 0}, {}};
  std::vector<std::uint32_t> ranks;
  for (std::uint32_t const workers : {1u, 2u, 3u, 5u, 20u, 64u, 65u, 384u, 385u, 1024u})
    for (std::uint32_t const rank : {1u, 2u, workers / 2, workers - 1, workers}) {
      if (rank < 1 || rank > workers) continue;
      for (double const rate : {1.0, 2.0}) {
        batch.observables.push_back(waiting_for(rank, workers, rate));
        ranks.push_back(rank);
      }
    }
  IterationRange const iterations{(1ull << 32) - 20, 50};
  std::vector<Summary> summaries(batch.observables.size());
  accumulate_(batch, iterations, summaries);
  for (std::size_t n = 0; n < summaries.size(); ++n)
    EXPECT_EQ(summaries[n], scalar_summary(batch.stream, batch.observables[n], ranks[n], iterations))
        << "rank " << ranks[n] << " of " << batch.observables[n].workers();
}

/// Each law and each end is followed through the numbers of workers at which it is asked for.
TEST_P(DrawnRanksTest, SeveralLawsAtDifferentNumbersOfWorkers) {
  Batch batch{{9, 0}, {}};
  for (std::uint32_t m = 1; m <= 60; ++m) {
    if (m % 2 == 0) batch.observables.push_back(waiting_for(m, m, 1.0 / 3));
    if (m % 3 == 0) batch.observables.push_back(waiting_for(1, m, 1.0 / 3));
    if (m < 9 || m > 50) batch.observables.push_back(waiting_for(m, m, 5.0));
    if (m % 16 == 0) batch.observables.push_back(waiting_for(1, m, 1e-6));
    if (m % 10 == 0) batch.observables.push_back(waiting_for(m, m, 1.0 / 3));
  }
  expect_right(batch, {17, 1100});
}

TEST_P(DrawnRanksTest, ExtremeRates) {
  for (double const rate : {1e-36, 1e18}) expect_right(both_ends(up_to(20), rate), {0, 300});
}

/// From one number of workers to the next few runtimes change, and all are counted.
TEST_P(DrawnRanksTest, Histograms) {
  Batch batch = both_ends(up_to(40));
  for (Observable& observable : batch.observables) observable.histogram = true;
  expect_right(batch, {3, 1500});
  for (std::size_t i = 0; i < batch.observables.size(); i += 3) batch.observables[i].histogram = false;
  expect_right(batch, {3, 77});
}

/// An accumulator keeps buffers from batch to batch, and nothing else.
TEST_P(DrawnRanksTest, BatchesDoNotMix) {
  expect_right(both_ends(up_to(20)), {0, 100});
  expect_right(both_ends({4}, 7.0), {50, 100});
  expect_right(both_ends(up_to(9), 3.0), {0, 30});
}

INSTANTIATE_TEST_SUITE_P(Available, DrawnRanksTest, instruction_sets(), instruction_set_name);

}  // namespace
}  // namespace dsgd::test
