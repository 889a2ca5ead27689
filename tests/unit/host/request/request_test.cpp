#include "request/request.hpp"

#include <gtest/gtest.h>

#include "spec/spec.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

TEST(ParseRequest, OfNoTextsIsTheNotebooksSweep) {
  SweepRequest const request = parse_request({});
  EXPECT_EQ(request.sweep.workers.size(), 20u);
  EXPECT_EQ(typed_spec(request.sweep.fleets.front()), "exponential:rate=2");
  EXPECT_EQ(request.sweep.strategies.size(), 2u);
  EXPECT_EQ(request.sweep.iterations, 5000u);
  EXPECT_FALSE(request.sweep.quantiles);
  EXPECT_TRUE(request.quantiles.empty());
  EXPECT_TRUE(request.shard.whole());
}

TEST(ParseRequest, UnderstandsEachText) {
  SweepTexts texts;
  texts.workers = "4,8";
  texts.law.laws = {"uniform:low=1:high=2"};
  texts.strategies = {"sync,backup:spare=1"};
  texts.iterations = "1e6";
  texts.draws = "common";
  texts.communication = "constant:time=0.5";
  texts.quantiles = "99%,0.5";
  texts.updates = "100";
  texts.relative_error = "1%";
  texts.shard = "2/3";
  SweepRequest const request = parse_request(texts);
  EXPECT_EQ(request.sweep.workers, (std::vector<std::uint64_t>{4, 8}));
  EXPECT_EQ(request.typed_laws, texts.law.laws);
  EXPECT_EQ(request.sweep.strategies.size(), 2u);
  EXPECT_EQ(request.sweep.iterations, 1'000'000u);
  EXPECT_EQ(request.sweep.draws, Draws::common);
  EXPECT_TRUE(request.sweep.communication);
  EXPECT_TRUE(request.sweep.quantiles);
  EXPECT_EQ(request.quantiles, (std::vector{0.5, 0.99}));
  EXPECT_EQ(request.updates, 100u);
  EXPECT_EQ(request.relative_error, 0.01);
  EXPECT_EQ(request.shard, (Shard{2, 3}));
}

TEST(ParseRequest, KeepsHistogramsWithoutQuantiles) {
  SweepTexts texts;
  texts.histograms = true;
  SweepRequest const request = parse_request(texts);
  EXPECT_TRUE(request.sweep.quantiles);
  EXPECT_TRUE(request.quantiles.empty());
}

TEST(ParseRequest, RefusesWhatNamesAPointOrAColumnTwice) {
  SweepTexts strategies, laws, quantiles;
  strategies.strategies = {"sync", "async,sync"};
  laws.law.laws = {"exponential:rate=1", "exponential:rate=1.0"};
  quantiles.quantiles = "0.5,50%";
  for (SweepTexts const& texts : {strategies, laws, quantiles})
    expect_error(ExitCode::usage, "twice", [&] { parse_request(texts); });
}

TEST(ParseRequest, RefusesARateBesideALaw) {
  SweepTexts texts;
  texts.law = {{"exponential:rate=1"}, "2"};
  expect_error(ExitCode::usage, "--rate and --law are both given", [&] { parse_request(texts); });
}

}  // namespace
}  // namespace dsgd
