#include "dsgd/arithmetic.hpp"

#include <gtest/gtest.h>

#include "dsgd/sweep.hpp"
#include "engines/cpu/cpu.hpp"
#include "runner.hpp"
#include "sha256.hpp"
#include "spec.hpp"
#include "summary_bytes.hpp"

namespace dsgd {
namespace {

/// Every kind of law and strategy, draws and sampling.
std::string hash_of_summaries() {
  Sweep sweep;
  sweep.fleets.clear();
  for (char const* const law :
       {"exponential:rate=2", "shifted-exponential:shift=1:rate=1", "pareto:scale=1:shape=3",
        "weibull:scale=1:shape=0.5", "lognormal:mu=0:sigma=1", "gamma:shape=3:rate=1", "uniform:low=1:high=2",
        "constant:value=3", "two-point:low=1:high=9:probability=0.1",
        "hyperexponential:probability=0.5:rate1=1:rate2=9", "4*exponential:rate=2+1*exponential:rate=0.5"})
    sweep.fleets.push_back(parse_fleet(law));
  sweep.strategies = parse_strategies(
      "sync,async,fastest,k-sync:k=2,backup:spare=1,gradient-coding:stragglers=1,k-batch-sync:k=2,k-async:k="
      "2,"
      "k-batch-async:k=2,local-sgd:steps=3:communication=0.5");
  sweep.workers = {5};
  sweep.iterations = 300;
  sweep.quantiles = true;
  Sha256 hash;
  auto const engine = make_cpu_engine(2);
  auto const add = [&](Sweep const& s) {
    for (Summary const& summary : run(expand(s), *engine, {}).summaries) hash.add(summary_bytes(summary));
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
/// and note the new hash.
TEST(ArithmeticVersion, StandsForTheBitsOfSummaries) {
  EXPECT_EQ(arithmetic_version, 3);
  EXPECT_EQ(hash_of_summaries(), "cbf75eb6d30b45e9f24e3b5768225226cb110c39d62be81a58ef34731f61c4e6");
}

}  // namespace
}  // namespace dsgd
