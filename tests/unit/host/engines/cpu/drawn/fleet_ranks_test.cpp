/// Order statistics of unequal workers against their definition.
#include "engines/cpu/drawn/fleet_ranks.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <random>
#include <vector>

#include "dsgd/engine/stop_check.hpp"
#include "engines/cpu/drawn/fleet_window.hpp"
#include "engines/definition/scalar.hpp"
#include "support/cpu_points.hpp"
#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

struct Part {
  std::uint64_t workers;
  Law law;
};

Observable waiting_for(std::uint32_t rank, std::vector<Part> const& parts) {
  double least = origin(parts.front().law);
  for (Part const& part : parts) least = std::min(least, origin(part.law));
  Observable result{{}, OrderStatistic{rank}, -24};
  std::uint64_t end = 0;
  for (Part const& part : parts)
    result.groups.push_back({end += part.workers, sampler(part.law), origin(part.law) - least, 0});
  result.histogram = true;
  result.window = std::make_shared<FoundWindow>();
  return result;
}

Law measured(int worker) {
  std::mt19937 random(static_cast<std::uint32_t>(worker));
  std::vector<double> times(300);
  for (double& time : times) time = static_cast<double>(random() % 1000 + 1);
  Empirical law;
  law.set_values(std::move(times));
  return law;
}

/// One worker of each of as many laws.
std::vector<Part> all_unequal(std::uint32_t workers) {
  std::vector<Part> parts;
  for (std::uint32_t i = 0; i < workers; ++i) {
    double const x = static_cast<double>(i) / workers;
    switch (i % 4) {
      case 0:
        parts.push_back({1, Lognormal{x, 0.3 + x, 0}});
        break;
      case 1:
        parts.push_back({1, ShiftedExponential{.shift = x, .rate = 1 + x}});
        break;
      case 2:
        parts.push_back({1, Exponential{1 + x}});
        break;
      default:
        parts.push_back({1, measured(static_cast<int>(i))});
        break;
    }
  }
  return parts;
}

class FleetRanksTest : public PerInstructionSet {
 protected:
  void expect_right(std::uint32_t rank, std::vector<Part> const& parts, IterationRange iterations) {
    FleetRanks ranks(set());
    expect_right(ranks, rank, parts, iterations);
  }

  static void expect_right(FleetRanks& ranks, std::uint32_t rank, std::vector<Part> const& parts,
                           IterationRange iterations) {
    expect_right(ranks, waiting_for(rank, parts), iterations);
  }

  static void expect_right(FleetRanks& ranks, Observable const& observable, IterationRange iterations) {
    ASSERT_TRUE(FleetRanks::serves(observable));
    Stream const stream{5, 9};
    Summary summary, expected;
    ranks(stream, observable, iterations, summary);
    StopCheck never;
    for (std::uint64_t i = iterations.first; i < iterations.first + iterations.count; ++i)
      add_unit(stream, i, observable, expected, never);
    EXPECT_EQ(summary, expected) << "rank " << rank(observable) << " of " << observable.workers();
  }
};

TEST_P(FleetRanksTest, AnyRankOfUpTo20Workers) {
  for (std::uint32_t workers = 2; workers <= 20; ++workers)
    for (std::uint32_t rank = 1; rank <= workers; ++rank) expect_right(rank, all_unequal(workers), {3, 230});
}

TEST_P(FleetRanksTest, ManyWorkers) {
  for (std::uint32_t const workers : {64u, 255u, 256u, 1001u, 4096u})
    for (std::uint32_t const rank : {1u, 2u, 30u, workers - 25, workers - 1, workers})
      expect_right(rank, all_unequal(workers), {3, 40});
}

/// Also those whose delays are a few values: a window then holds none of them, or all.
TEST_P(FleetRanksTest, EveryPairOfLaws) {
  std::vector<Law> const laws = test_laws();
  for (std::size_t i = 0; i < laws.size(); ++i)
    for (std::uint32_t const rank : {1u, 2u, 6u, 11u, 12u})
      expect_right(rank, {{9, laws[i]}, {3, laws[(i + 1) % laws.size()]}}, {11, 150});
}

TEST_P(FleetRanksTest, RunsEndWhereTheyEnd) {
  for (std::uint64_t const count : {1u, 7u, 8u, 1023u, 1024u, 1025u, 3000u})
    expect_right(6, all_unequal(6), {5, count});
  expect_right(8, all_unequal(8), {(1ull << 32) - 700, 1800});
}

/// From limits that were not chosen well many iterations have too few delays, or more than there is room for.
TEST_P(FleetRanksTest, AnyWindowGivesTheSameBits) {
  std::vector<Part> const parts = all_unequal(24);
  for (std::uint32_t const rank : {1u, 3u, 8u, 17u, 22u, 24u})
    for (int const shift : {-2, -1, 0, 1, 2}) {
      Observable const observable = waiting_for(rank, parts);
      std::uint32_t const chosen = fleet_window(observable).limit;
      std::call_once(observable.window->found, [&] {
        auto const octave = static_cast<std::uint32_t>(1 << 22);  // half of one
        FleetWindow& window = observable.window->window;
        window = fleet_window_from(observable, chosen + static_cast<std::uint32_t>(shift) * octave);
        if (!window.everyone) window.capacity = (window.place + 3) / 4 * 4;
      });
      FleetRanks ranks(set());
      expect_right(ranks, observable, {0, 400});
    }
}

/// Room is kept from call to call: what one fleet leaves there must not count for another.
TEST_P(FleetRanksTest, FleetsInTurn) {
  FleetRanks ranks(set());
  for (int round = 0; round < 2; ++round)
    for (double const rate : {1.0, 3.0, 100.0})
      for (std::uint32_t const rank : {1u, 7u, 8u})
        expect_right(ranks, rank, {{7, Exponential{1.0}}, {1, Exponential{rate}}}, {0, 100});
}

INSTANTIATE_TEST_SUITE_P(Cpu, FleetRanksTest, instruction_sets(), instruction_set_name);

TEST(FleetRanks, LeaveWhatTheyDoNotServe) {
  EXPECT_FALSE(FleetRanks::serves(waiting_for(3, {{5, Exponential{1}}})));  // equal workers
  EXPECT_FALSE(FleetRanks::serves(waiting_for(1, {{4096, Exponential{1}}, {1, Exponential{2}}})));
  EXPECT_FALSE(FleetRanks::serves(waiting_for(200, {{400, Exponential{1}}, {1, Exponential{2}}})));
  Observable sum = waiting_for(1, {{2, Exponential{1}}, {1, Exponential{2}}});
  sum.runtime = SlowestSum{2};
  EXPECT_FALSE(FleetRanks::serves(sum));
}

/// A window has as many delays as were asked for, within what chance explains, and words say which.
TEST(FleetWindow, HoldsTheWantedDelayNearlyAlways) {
  constexpr std::uint32_t workers = 40;
  std::vector<Part> const parts = all_unequal(workers);
  for (std::uint32_t const rank : {1u, 4u, 37u, 40u}) {
    Observable const observable = waiting_for(rank, parts);
    FleetWindow const window = fleet_window(observable);
    EXPECT_EQ(window.place, std::min(rank, workers - rank + 1));
    ASSERT_FALSE(window.everyone);
    int missed = 0;
    constexpr int iterations = 4000;
    for (std::uint64_t i = 0; i < iterations; ++i) {
      std::uint32_t found = 0;
      for (std::uint32_t worker = 0; worker < workers; ++worker) {
        std::uint32_t const k = draw_word({5, 9}, i, worker), t = tail_word({5, 9}, i, k);
        ObservedGroup const& group = observable.groups[worker];
        float const excess = std::visit([&](auto const& law) { return law.excess(k, t); }, group.law);
        bool const in_window = window.side.key(group.offset, excess) >= window.limit;
        EXPECT_TRUE(!in_window || (k ^ window.side.flip) < window.words[worker]);
        found += in_window ? 1 : 0;
      }
      missed += found < window.place || found >= window.capacity ? 1 : 0;
    }
    EXPECT_LT(missed, iterations / 12);  // speed alone depends on it; about one in thirty is aimed at
  }
}

}  // namespace
}  // namespace dsgd::test
