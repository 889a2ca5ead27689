#include "exact/worker_time.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "exact/exact_law.hpp"
#include "exact/point.hpp"
#include "request/left_out.hpp"
#include "spec/spec.hpp"
#include "support/every_law.hpp"
#include "support/every_strategy.hpp"
#include "support/played_strategy.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

WorkerTime exact_shares(Point const& point) { return exact_worker_time(point, exact_runtime(point)); }

/// A ratio of means with its standard error, by the delta method.
struct Ratio {
  double value, standard_error;

  /// Five standard errors: 6e-7 of false alarms. Delays are rounded to float32.
  bool agrees(double exact) const { return std::abs(value - exact) <= 5 * standard_error + 1e-6; }
};

Ratio ratio(std::vector<test::Spent> const& spent, double test::Spent::*part, double workers) {
  double above = 0, below = 0;
  for (test::Spent const& s : spent) above += s.*part, below += workers * s.time;
  double const value = above / below;
  double squares = 0;
  for (test::Spent const& s : spent) squares += std::pow(s.*part - value * workers * s.time, 2);
  return {value, std::sqrt(squares) / below};
}

struct Played {
  Ratio busy, discarded;
};

Played played(Point const& point) {
  test::PlayedStrategy play(point);
  std::vector<test::Spent> spent;
  bool const goes_on = !meets(point.strategy);  // these are many updates each
  for (int i = 0; i < (goes_on ? 100 : 2000); ++i) spent.push_back(std::visit(play, point.strategy));
  auto const workers = static_cast<double>(point.workers());
  return {ratio(spent, &test::Spent::busy, workers), ratio(spent, &test::Spent::discarded, workers)};
}

std::string name(Point const& point) {
  return fleet_spec(point) + " " + canonical_spec(point.strategy) + " " + std::to_string(point.workers()) +
         " " + std::to_string(point.communication);
}

/// About 1,300 comparisons: 8e-4 of false alarms, and the seed is fixed.
TEST(WorkerTime, IsThatOfTheStrategiesAsTheyArePlayed) {
  int known = 0, unknown = 0;
  for (Law const& law : test::every_law())
    for (std::uint32_t const number : {1u, 2u, 3u})
      for (Strategy const& strategy : test::every_strategy(number))
        for (double const communication : {0.0, 0.4}) {
          Point point = make_point(strategy, 5, 1, law);
          point.communication = communication;
          WorkerTime const exact = exact_shares(point);
          if (!exact.busy) ++unknown;
          if (!exact.busy && !exact.discarded) continue;
          Played const shares = played(point);
          if (exact.busy) ++known;
          if (exact.busy) {
            EXPECT_TRUE(shares.busy.agrees(*exact.busy))
                << name(point) << ": " << *exact.busy << " played " << shares.busy.value;
          }
          if (exact.discarded) {
            EXPECT_TRUE(shares.discarded.agrees(*exact.discarded))
                << name(point) << ": " << *exact.discarded << " played " << shares.discarded.value;
          }
        }
  EXPECT_GT(known, 3 * unknown);
}

TEST(WorkerTime, OfFleetsIsThatOfTheStrategiesAsTheyArePlayed) {
  Fleet const fleets[] = {Fleet({{3, Exponential{2.0}}, {2, Exponential{0.4}}}),
                          Fleet({{3, Gamma{2.5, 4.0}}, {1, TwoPoint{}}, {2, Uniform{1.0, 1.1}}})};
  int known = 0, unknown = 0;
  for (Fleet const& fleet : fleets)
    for (std::uint32_t const number : {1u, 2u, 3u})
      for (Strategy const& strategy : test::every_strategy(number)) {
        Point point = make_point(strategy, 1, 1);
        point.fleet = fleet;
        WorkerTime const exact = exact_shares(point);
        ++(exact.busy ? known : unknown);
        if (!exact.busy) continue;
        Played const shares = played(point);
        EXPECT_TRUE(shares.busy.agrees(*exact.busy))
            << name(point) << ": " << *exact.busy << " played " << shares.busy.value;
        EXPECT_TRUE(shares.discarded.agrees(exact.discarded.value())) << name(point);
      }
  EXPECT_GT(known, 3 * unknown);
}

/// Jobs are slow independently of each other where a worker is so as often after a slow job as after another.
TEST(WorkerTime, OfStragglersIsThatOfTheStrategiesAsTheyArePlayed) {
  int known = 0;
  for (Law const& law : {Law(Exponential{2.0}), Law(Gamma{2.5, 4.0}), Law(Uniform{1.0, 1.1})})
    for (std::uint32_t const number : {1u, 2u, 5u})
      for (Strategy const& strategy : test::every_strategy(number)) {
        Point point = make_point(strategy, 5, 1, law);
        point.stragglers = Stragglers{0.3, 0.7, 4};
        if (!fits(strategy, 5) || !takes_stragglers(point)) continue;
        WorkerTime const exact = exact_shares(point);
        if (!exact.busy && !exact.discarded) continue;
        Played const shares = played(point);
        if (exact.busy) {
          ++known;
          EXPECT_TRUE(shares.busy.agrees(*exact.busy))
              << name(point) << ": " << *exact.busy << " played " << shares.busy.value;
        }
        if (exact.discarded) {
          EXPECT_TRUE(shares.discarded.agrees(*exact.discarded))
              << name(point) << ": " << *exact.discarded << " played " << shares.discarded.value;
        }
      }
  EXPECT_GE(known, 3 * 5);
}

/// What a strategy that waits for one worker more spends is told apart.
TEST(WorkerTime, OfAnotherNumberIsNotAsPlayed) {
  for (Strategy const& strategy : {Strategy(KSync{Share{2}}), Strategy(KBatchSync{Share{2}}),
                                   Strategy(KAsync{Share{2}}), Strategy(GradientCoding{Share{2}})}) {
    Strategy other = strategy;
    std::visit(
        [](auto& s) {
          if constexpr (requires { s.k; }) s.k.count = 3;
          if constexpr (requires { s.stragglers; }) s.stragglers.count = 1;
        },
        other);
    Point const point = make_point(strategy, 5, 1);
    EXPECT_FALSE(played(point).busy.agrees(*exact_shares(make_point(other, 5, 1)).busy)) << name(point);
  }
}

TEST(WorkerTime, IsAllOfIt) {
  for (Law const& law : test::every_law())
    for (std::uint32_t const m : {1u, 2u, 7u, 1000u})
      for (std::uint32_t const number : {1u, 2u, 5u})
        for (Strategy const& strategy : test::every_strategy(number)) {
          if (!fits(strategy, m)) continue;
          Point const point = make_point(strategy, m, 1, law);
          auto const [busy, discarded] = exact_shares(point);
          EXPECT_GE(busy.value_or(0), -1e-11) << name(point);
          if (std::holds_alternative<Speculate>(strategy)) continue;  // copies may work beside all workers
          EXPECT_LE(busy.value_or(0) + discarded.value_or(0), 1 + 1e-11) << name(point);
          if (busy && std::holds_alternative<KBatchSync>(strategy)) {
            EXPECT_NEAR(*busy + *discarded, 1, 1e-14) << name(point);
          }
          if (m == 1) {
            EXPECT_EQ(busy, 1.0) << name(point);
            EXPECT_EQ(discarded, 0.0) << name(point);
          }
          if (!meets(strategy)) {
            EXPECT_EQ(discarded, 0.0) << name(point);
          }
        }
}

TEST(WorkerTime, OfSyncIsTheMeanDelayOverTheSlowest) {
  for (Law const& law : test::every_law()) {
    Point const point = make_point(Sync{}, 20, 1, law);
    double const expected = exact::mean(ExactLaw(law).get()) / exact_runtime(point).value().mean;
    EXPECT_NEAR(exact_shares(point).busy.value(), expected, 1e-11) << name(point);
  }
}

/// Communication is waited for by all.
TEST(WorkerTime, LeavesCommunicationOut) {
  Point point = make_point(Backup{Share{2}}, 10, 1, Constant{1.0});
  point.communication = 3;
  auto const [busy, discarded] = exact_shares(point);
  EXPECT_NEAR(busy.value(), 0.8 / 4, 1e-14);
  EXPECT_NEAR(discarded.value(), 0.2 / 4, 1e-14);
  Point one = make_point(LocalSgd{4, 2.0}, 1, 1, Constant{1.0});
  EXPECT_NEAR(exact_shares(one).busy.value(), 4 / 6.0, 1e-14);
}

/// Two steps of two workers: 1 and 3, 5 and 2.
TEST(WorkerTime, OfAReplayIsAnAverageOverItsSteps) {
  auto const replay = std::make_shared<Replay>();
  replay->set_times(2, {1, 3, 5, 2});
  auto const shares = [&](Strategy const& strategy) {
    Point point = make_point(strategy, 1, 1);
    point.fleet = Fleet(replay);
    if (!std::holds_alternative<Clocks>(runtime(point)))
      point.step = Fleet(replay->law_of_runtime(runtime(point)), 1);
    return exact_shares(point);
  };
  EXPECT_NEAR(shares(Sync{}).busy.value(), 11 / 16.0, 1e-14);
  EXPECT_NEAR(shares(Fastest{}).busy.value(), 0.5, 1e-14);
  EXPECT_NEAR(shares(Fastest{}).discarded.value(), 0.5, 1e-14);
  EXPECT_NEAR(shares(LocalSgd{1, 0}).busy.value(), 11 / 16.0, 1e-7);  // runtimes are float32
  EXPECT_EQ(shares(Async{}).busy, 1.0);
  EXPECT_FALSE(shares(KBatchSync{Share{2}}).busy);
}

/// Whoever is waited for is not cancelled, however long that takes.
TEST(WorkerTime, OfAnInfiniteMeanIsNotBusyForAKnownShare) {
  Point const point = make_point(Sync{}, 4, 1, Pareto{1.0, 0.9});
  EXPECT_FALSE(exact_shares(point).busy);
  EXPECT_EQ(exact_shares(point).discarded, 0.0);
}

}  // namespace
}  // namespace dsgd
