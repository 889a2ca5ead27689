#include "sweep/description.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

SweepRequest request_with_everything() {
  SweepTexts texts;
  texts.workers = "4,8,10:30:10";
  texts.law.laws = {"uniform:low=1:high=2", "exponential:rate=0.1"};
  texts.strategies = {"sync,backup:spare=25%", "k-async:k=2"};
  texts.iterations = "1e6";
  texts.seed = "18446744073709551615";
  texts.draws = "common";
  texts.communication = "ring:latency=0.1:transfer=3";
  texts.quantiles = "0.5,1e-9";
  texts.updates = "100";
  texts.relative_error = "0.001";
  texts.shard = "2/3";
  return parse_request(texts);
}

TEST(DescribedSweep, IsTheOneThatWasDescribed) {
  Description const description = describe(request_with_everything());
  PlannedSweep const sweep = described_sweep(description, "s.db");
  EXPECT_EQ(describe(sweep.request), description);
  EXPECT_EQ(sweep.points.size(), plan_sweep(request_with_everything()).points.size());
}

TEST(DescribedSweep, KeepsHistogramsWithoutQuantiles) {
  SweepTexts texts;
  texts.histograms = true;
  Description const description = describe(parse_request(texts));
  EXPECT_EQ(description.histograms, "yes");
  SweepRequest const request = described_sweep(description, "s.db").request;
  EXPECT_TRUE(request.sweep.quantiles);
  EXPECT_TRUE(request.quantiles.empty());
}

TEST(Describe, NamesLawsByTheirSpecsWhereNobodyTypedThem) {
  SweepRequest request;
  request.sweep.workers = {1};
  EXPECT_EQ(describe(request).typed_laws, std::vector<std::string>{"exponential:rate=2"});
  request.sweep.fleets = {SweptFleet(Fleet(Exponential{}, 1))};
  EXPECT_EQ(describe(request).typed_laws, std::vector<std::string>{"1*exponential:rate=2"});
  EXPECT_EQ(describe(request).swept_laws, std::vector<std::string>{"1*exponential:rate=2"});
  EXPECT_EQ(describe(request).laws, std::vector<std::string>{"exponential:rate=2"});
}

TEST(DescribedSweep, ThatCannotBeIsTheFaultOfTheStore) {
  Description const good = describe(request_with_everything());
  Description workers = good, strategy = good, quantiles = good, law = good;
  workers.workers = "0";
  strategy.strategies = {"k-sync:k=99"};
  quantiles.quantiles = "2";
  law.swept_laws[0] = "uniform:low=1:high=3";
  for (Description const& bad : {workers, strategy, quantiles})
    expect_error(ExitCode::damaged, "the store 's.db' describes cannot be",
                 [&] { described_sweep(bad, "s.db"); });
  expect_error(ExitCode::damaged, "is of an earlier build", [&] { described_sweep(law, "s.db"); });
}

TEST(ContinuationText, NamesTheSweepAsItIsTyped) {
  SweepTexts texts;
  texts.workers = "1:3";
  texts.iterations = "1e3";
  EXPECT_EQ(continuation_text("s.db", parse_request(texts)),
            "'s.db' continues its own sweep: -m 1:3 -n 1000 --strategy sync --strategy async "
            "--law exponential:rate=2 --seed 1");
}

}  // namespace
}  // namespace dsgd
