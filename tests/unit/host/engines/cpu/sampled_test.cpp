/// Every instruction set gives the bits of sampled_hazard().
#include "engines/cpu/sampled.hpp"

#include <gtest/gtest.h>

#include "dsgd/order_statistics/hazard.hpp"
#include "dsgd/quantum/sampled.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "support/cpu_points.hpp"

namespace dsgd {
namespace {

std::vector<SampledObservable> observables(std::uint64_t workers, std::vector<std::uint64_t> const& ranks,
                                           double rate = 2.0) {
  std::vector<SampledObservable> all;
  auto const law = Exponential{rate}.sampler();
  for (std::uint64_t const rank : ranks)
    all.push_back({law, rank, quantum_exponent(sampled_range(law, workers, rank))});
  return all;
}

/// The definition.
std::vector<Summary> defined(std::uint64_t seed, std::uint64_t workers,
                             std::vector<SampledObservable> const& wanted, IterationRange range) {
  std::vector<Summary> summaries(wanted.size());
  for (std::size_t n = 0; n < wanted.size(); ++n)
    for (std::uint64_t i = 0; i < range.count; ++i) {
      double const hazard = sampled_hazard(seed, workers, wanted[n].rank, range.first + i);
      float const excess = std::visit([=](auto const& law) { return law.excess_at(hazard); }, wanted[n].law);
      summaries[n].add(excess, wanted[n].quantum_exponent);
      if (wanted[n].histogram) summaries[n].histogram.add(excess);
    }
  return summaries;
}

class OrderStatistics : public testing::TestWithParam<InstructionSet const*> {
 protected:
  void expect_equal(std::uint64_t workers, std::vector<SampledObservable> const& wanted,
                    IterationRange range) {
    SampledRanks accumulate(*GetParam());
    std::vector<Summary> summaries(wanted.size());
    accumulate(77, workers, wanted, range, summaries);
    EXPECT_EQ(summaries, defined(77, workers, wanted, range))
        << workers << " workers, from iteration " << range.first << ", " << range.count;
  }
};

TEST_P(OrderStatistics, OfFleetsOfAllSizes) {
  for (std::uint64_t const m :
       {3ull, 4ull, 20ull, 1024ull, 1ull << 24, 1ull << 40, 1ull << 61, (1ull << 62) - 1})
    expect_equal(m, observables(m, {m, 1, m, 2, (m + 1) / 2, m - 1}), {0, 3000});
  expect_equal(1, observables(1, {1}), {0, 3000});
  expect_equal(2, observables(2, {1, 2}), {0, 3000});
}

TEST_P(OrderStatistics, OfCountsAroundTheSizeOfTheArrays) {
  for (std::uint64_t const count : {0ull, 1ull, 2ull, 31ull, 33ull, 255ull, 256ull, 257ull, 513ull})
    expect_equal(20, observables(20, {1, 20, 7}), {5, count});
}

TEST_P(OrderStatistics, OfIterationsAround2To32AndFarBeyond) {
  for (std::uint64_t const first : {(1ull << 32) - 700, (1ull << 50) - 1400})
    expect_equal(20, observables(20, {1, 20, 7}), {first, 1400});
}

/// Rates at the ends of their range, for runtimes down to subnormal numbers.
TEST_P(OrderStatistics, OfExtremeRates) {
  for (double const rate : {1e-36, 1.0 / 3, 1e18})
    for (std::uint64_t const m : {3ull, (1ull << 62) - 1})
      expect_equal(m, observables(m, {1, m, 2}, rate), {0, 1000});
}

TEST_P(OrderStatistics, OfEveryLaw) {
  for (Law const& law : test_laws()) {
    std::vector<SampledObservable> wanted;
    for (std::uint64_t const rank : {1u, 7u, 20u}) {
      int const exponent = std::visit(
          [&](auto const& l) { return quantum_exponent(sampled_range(l, 20, rank)); }, sampler(law));
      wanted.push_back({sampler(law), rank, exponent});
    }
    expect_equal(20, wanted, {5, 300});
  }
}

TEST_P(OrderStatistics, WithHistograms) {
  auto wanted = observables(1000, {1, 1000, 400});
  for (SampledObservable& each : wanted) each.histogram = true;
  expect_equal(1000, wanted, {5, 700});
  wanted[1].histogram = false;
  expect_equal(1000, wanted, {5, 700});
}

TEST_P(OrderStatistics, AddsToWhatIsThere) {
  auto const wanted = observables(9, {1, 9});
  SampledRanks accumulate(*GetParam());
  std::vector<Summary> summaries(2);
  accumulate(77, 9, wanted, {0, 100}, summaries);
  accumulate(77, 9, wanted, {100, 1234}, summaries);
  EXPECT_EQ(summaries, defined(77, 9, wanted, {0, 1334}));
}

INSTANTIATE_TEST_SUITE_P(CpuEngine, OrderStatistics,
                         testing::ValuesIn(available_instruction_sets().begin(),
                                           available_instruction_sets().end()),
                         [](auto const& info) { return info.param->name; });

}  // namespace
}  // namespace dsgd
