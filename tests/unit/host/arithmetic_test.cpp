#include "dsgd/arithmetic/version.hpp"

#include <gtest/gtest.h>

#include "bytes/sha256.hpp"
#include "bytes/summary_bytes.hpp"
#include "dsgd/sweep.hpp"
#include "engines/cpu/cpu.hpp"
#include "run/runner.hpp"
#include "spec/spec.hpp"
#include "validate/samples.hpp"

namespace dsgd {
namespace {

/// Every law and strategy of the program's lists, a fleet, updates of more jobs than workers; draws and
/// sampling.
std::string hash_of_summaries() {
  Sweep sweep;
  sweep.fleets.clear();
  for (Law const& law : sample_laws()) sweep.fleets.emplace_back(law);
  sweep.fleets.push_back(parse_fleet("4*exponential:rate=2+1*exponential:rate=0.5"));
  sweep.strategies = sample_strategies();
  for (Strategy const& strategy : parse_strategies("k-batch-sync:k=40,k-batch-async:k=40"))
    sweep.strategies.push_back(strategy);
  sweep.workers = {5};
  sweep.iterations = 300;
  sweep.quantiles = true;
  Sha256 hash;
  auto const engine = make_cpu_engine(2);
  auto const add = [&](Sweep const& s) {
    for (Summary const& summary : run(plan_points(expand(s)), *engine, {}).summaries)
      hash.add(summary_bytes(summary));
  };
  add(sweep);
  sweep.draws = Draws::common;
  add(sweep);
  sweep.draws = Draws::independent;
  sweep.sampling = Sampling::order_statistics;
  sweep.strategies = parse_strategies("sync,fastest,k-sync:k=2");
  sweep.fleets.pop_back();
  add(sweep);
  return hash.finish();
}

/// A store must not mix what two arithmetics computed. Where this fails on purpose, raise arithmetic_version
/// and note the new hash; where a law or strategy is new, and the hash is as before without it, note the hash.
TEST(ArithmeticVersion, StandsForTheBitsOfSummaries) {
  EXPECT_EQ(arithmetic_version, 5);
  EXPECT_EQ(hash_of_summaries(), "17f0ab7b6828092fcb60939d58b49dbc9e1e3de63daad1095acdf816a27621f8");
}

}  // namespace
}  // namespace dsgd
