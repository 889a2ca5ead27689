#include "recommend/recommend.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "recommend/recommend_text.hpp"
#include "spec/spec.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

RecommendRequest request_of(std::vector<Law> laws, std::vector<std::uint64_t> workers,
                            std::vector<Strategy> strategies = {}) {
  RecommendRequest request;
  request.sweep.sweep.fleets.clear();
  for (Law const& law : laws) request.sweep.sweep.fleets.emplace_back(law);
  request.sweep.sweep.workers = std::move(workers);
  request.sweep.sweep.iterations = 4000;
  request.names_strategies = !strategies.empty();
  if (request.names_strategies) request.sweep.sweep.strategies = std::move(strategies);
  return request;
}

Candidate const& find(LawRecommendation const& law, std::string const& strategy) {
  for (Candidate const& candidate : law.candidates)
    if (candidate.strategy == strategy) return candidate;
  ADD_FAILURE() << strategy;
  return law.candidates.front();
}

TEST(Recommend, RanksByGradientsPerTime) {
  // 1 + Exp(1), 4 workers: 4 / (1 + 25/12), 3 / (1 + 13/12), 2 / (1 + 7/12), 1 / (1 + 1/4).
  Recommendation const result = recommend(
      request_of({Exponential{1, 1}}, {4}, {Sync{}, KSync{Share{3}}, KSync{Share{2}}, KSync{Share{1}}}));
  LawRecommendation const& law = result.laws.front();
  ASSERT_EQ(law.candidates.size(), 4u);
  EXPECT_EQ(law.candidates[0].strategy, "k-sync:k=3");
  EXPECT_NEAR(law.candidates[0].value, 36. / 25, 1e-12);
  EXPECT_EQ(law.candidates[1].strategy, "sync");
  EXPECT_NEAR(law.candidates[1].of_best.value, (48. / 37) / (36. / 25), 1e-12);
  EXPECT_FALSE(law.candidates[1].of_best.low);
  EXPECT_NEAR(law.best.of_sync.value().value, (36. / 25) / (48. / 37), 1e-12);
  EXPECT_EQ(result.decision,
            "choose k-sync:k=3: 1.44 gradients per unit of time, 1.11 times sync's; only the exponential "
            "tail favours it: "
            "under gamma delays of half the deviation sync is better");
  EXPECT_TRUE(law.best.tied.empty());
}

TEST(Recommend, NamesTheBestWithoutStaleGradients) {
  Recommendation const result = recommend(request_of({Exponential{1, 1}}, {8}));
  LawRecommendation const& law = result.laws.front();
  // Whoever never waits has as many gradients, and of these the one with the most of them is the freshest.
  EXPECT_EQ(law.candidates[0].strategy, "k-batch-async:k=8");
  EXPECT_NEAR(law.candidates[0].value, 4, 1e-12);
  EXPECT_DOUBLE_EQ(law.candidates[0].staleness.value(), 7. / 8);
  ASSERT_TRUE(law.fresh);
  Candidate const& fresh = law.candidates[law.fresh->candidate];
  EXPECT_FALSE(fresh.staleness);
  EXPECT_NE(result.decision.find("where gradients must be fresh choose " + fresh.strategy),
            std::string::npos);
  EXPECT_TRUE(find(law, "async").is_tied);
  EXPECT_FALSE(find(law, "sync").is_tied);
}

TEST(Recommend, SaysWhoDoesAsMuchWithStaleGradients) {
  Recommendation const result = recommend(request_of({Constant{1}}, {4}));
  LawRecommendation const& law = result.laws.front();
  EXPECT_EQ(law.candidates[0].strategy, "sync");
  EXPECT_EQ(law.best.tied.size(), 4u);
  EXPECT_EQ(result.decision,
            "choose sync: 4 gradients per unit of time; k-batch-async:k=4, k-async:k=2 and 2 others may do "
            "as much, "
            "with stale gradients");
}

TEST(Recommend, DistrustsDelaysWithoutMemory) {
  Recommendation const memoryless =
      recommend(request_of({Exponential{1}}, {20}, {Sync{}, Fastest{}, Backup{Share{2}}}));
  LawRecommendation const& law = memoryless.laws.front();
  EXPECT_EQ(law.candidates.front().strategy, "fastest");
  EXPECT_TRUE(law.candidates.front().only_exponential);
  EXPECT_FALSE(find(law, "backup:spare=2").only_exponential);
  EXPECT_NE(memoryless.decision.find("only the exponential tail favours it"), std::string::npos);

  Recommendation const shifted =
      recommend(request_of({Exponential{1, 1}}, {20}, {Sync{}, Fastest{}, Backup{Share{2}}}));
  for (Candidate const& candidate : shifted.laws.front().candidates) EXPECT_FALSE(candidate.only_exponential);
}

TEST(Recommend, KnowsWhoseGradientsAreFresh) {
  Recommendation const result = recommend(request_of(
      {Gamma{2, 1}}, {4}, {Sync{}, KBatchSync{Share{4}}, Ssp{3}, KAsync{Share{3}}, LocalSgd{4, 0}, Async{}}));
  for (Candidate const& candidate : result.laws[0].candidates)
    EXPECT_EQ(candidate.is_fresh, candidate.strategy == "sync" || candidate.strategy == "k-batch-sync:k=4")
        << candidate.strategy;
  EXPECT_FALSE(find(result.laws[0], "ssp:staleness=3").staleness);
  EXPECT_EQ(result.laws[0].candidates[result.laws[0].fresh.value().candidate].strategy, "k-batch-sync:k=4");
}

TEST(Recommend, ChargesCommunicationToWhoMeets) {
  RecommendRequest request = request_of({Gamma{2, 1}}, {4});
  request.sweep.sweep.communication = parse_communication("constant:time=1");
  Recommendation const result = recommend(request);
  for (Candidate const& candidate : result.laws[0].candidates)
    EXPECT_EQ(candidate.strategy.find("async"), std::string::npos) << candidate.strategy;
  EXPECT_NE(result.warnings.front().find("are no candidates with --communication"), std::string::npos);
}

TEST(Recommend, WeighsWorkersByTheGoal) {
  RecommendRequest request = request_of({Gamma{2, 1}}, {2, 4, 8, 16}, {Sync{}});
  EXPECT_EQ(recommend(request).laws[0].candidates.front().workers, 16u);
  request.goal = parse_goal("cost");
  EXPECT_EQ(recommend(request).laws[0].candidates.front().workers, 2u);
  request.goal = parse_goal("noise-scale=2");
  EXPECT_EQ(recommend(request).laws[0].candidates.front().workers, 4u);
  request.goal = parse_goal("noise-scale=1000");
  EXPECT_EQ(recommend(request).laws[0].candidates.front().workers, 16u);
}

TEST(Recommend, ChoosesUnderAllLawsWhatLosesLeast) {
  // Waiting for all is best of equal delays, and for one where a delay may be long; two lose little either way.
  Recommendation const result = recommend(
      request_of({Constant{1}, TwoPoint{1, 30, 0.3}}, {3}, {Sync{}, KSync{Share{2}}, KSync{Share{1}}}));
  EXPECT_EQ(result.laws[0].candidates.front().strategy, "sync");
  EXPECT_EQ(result.laws[1].candidates.front().strategy, "k-sync:k=1");
  EXPECT_EQ(result.decision.find("under all 2 laws choose "), 0u) << result.decision;
  double least = 0;
  std::string best;
  for (Candidate const& candidate : result.laws[0].candidates) {
    double const worst =
        std::min(candidate.of_best.value, find(result.laws[1], candidate.strategy).of_best.value);
    if (worst > least) least = worst, best = candidate.strategy;
  }
  EXPECT_NE(result.decision.find("choose " + best + ":"), std::string::npos) << result.decision;
}

TEST(Recommend, LeavesOutWhatHasNoMean) {
  Recommendation const result = recommend(request_of({Pareto{1, 0.8}}, {4}, {Sync{}, KSync{Share{2}}}));
  ASSERT_EQ(result.laws[0].candidates.size(), 1u);
  EXPECT_EQ(result.decision, "k-sync:k=2 with 4 workers is the only candidate");
  ASSERT_FALSE(result.warnings.empty());
  EXPECT_EQ(result.warnings.back(), "1 of 2 candidates left out: their mean is infinite");
  expect_error(ExitCode::usage, "leaves no candidate", [] {
    recommend(request_of({Pareto{1, 0.8}}, {4}, {Sync{}}));
  });
  expect_error(ExitCode::usage, "take no time", [] { recommend(request_of({Constant{0}}, {4}, {Sync{}})); });
}

RecommendRequest raced_request(std::vector<Law> laws, std::vector<Strategy> strategies, char const* goal) {
  RecommendRequest request = request_of(std::move(laws), {8}, std::move(strategies));
  request.goal = parse_goal(goal);
  return request;
}

TEST(Recommend, RacesToAnErrorAndUntilATime) {
  std::vector<Strategy> const both{Sync{}, Async{}};
  Recommendation const error = recommend(raced_request({Exponential{1}}, both, "error=0.02"), "ms");
  LawRecommendation const& law = error.laws[0];
  EXPECT_EQ(law.candidates[0].strategy, "async");
  EXPECT_EQ(law.basis, Means::Basis::exact);
  EXPECT_FALSE(law.candidates[0].mean);
  EXPECT_NEAR(law.candidates[0].value, 4.0915, 1e-3);
  EXPECT_NEAR(law.candidates[1].value, 15.210, 1e-2);
  EXPECT_NEAR(law.candidates[1].learning_rate.value(), 0.414, 0.003);
  EXPECT_NEAR(law.candidates[1].of_best.value, 4.0915 / 15.210, 1e-3);
  EXPECT_FALSE(law.candidates[1].of_best.low);
  EXPECT_FALSE(law.fresh);
  EXPECT_EQ(error.decision.find(
                "choose async, whose gradients are 7 updates old on average: mean error 0.02 at 4.09"),
            0u)
      << error.decision;
  EXPECT_NE(error.decision.find(" ms, sync takes 3.71"), std::string::npos) << error.decision;
  Recommendation const time = recommend(raced_request({Exponential{1}}, both, "time=20"));
  EXPECT_NE(time.decision.find(" at 20, sync's is 2.67"), std::string::npos) << time.decision;
  EXPECT_NE(time.decision.find(" times as large"), std::string::npos) << time.decision;
}

TEST(Recommend, CountsStalenessInARace) {
  // Little noise, many workers: stale gradients force a small rate, and fresh ones of few win.
  RecommendRequest request = raced_request({Constant{1}}, {Sync{}, Async{}}, "error=1e-6");
  request.model.noise = 1e-4;
  EXPECT_EQ(recommend(request).laws[0].candidates[0].strategy, "sync");
  request.goal = parse_goal("throughput");
  EXPECT_NEAR(recommend(request).laws[0].candidates[1].of_best.value, 1, 1e-9);
}

TEST(Recommend, DistrustsRacesThatDelaysWithoutMemoryWin) {
  Recommendation const won = recommend(raced_request({Exponential{1, 1}}, {Sync{}, Async{}}, "error=0.2"));
  // Nothing of this follows from the tail alone: async is as good under other laws.
  EXPECT_FALSE(won.laws[0].candidates[0].only_exponential);
  Recommendation const by_tail =
      recommend(raced_request({Exponential{1}}, {Sync{}, Fastest{}}, "error=0.05"));
  LawRecommendation const& law = by_tail.laws[0];
  EXPECT_EQ(law.candidates[0].strategy, "fastest");
  EXPECT_TRUE(law.candidates[0].only_exponential);
  EXPECT_NE(by_tail.decision.find("only the exponential tail favours it"), std::string::npos);
}

TEST(Recommend, RacesUnderALawWithoutAMean) {
  Recommendation const result =
      recommend(raced_request({Pareto{1, 0.8}}, {Sync{}, KSync{Share{2}}}, "time=20"));
  EXPECT_EQ(result.laws[0].candidates.size(), 2u);
  EXPECT_EQ(result.laws[0].candidates[0].strategy, "k-sync:k=2");
}

TEST(Recommend, SaysWhoNeverComesToAnError) {
  RecommendRequest request = raced_request({Constant{1}}, {Sync{}, KSync{Share{1}}}, "error=0.1");
  request.sweep.sweep.workers = {2};
  request.sweep.sweep.iterations = 40;
  request.model.minima = 1;  // of which k-sync sees one alone
  Recommendation const result = recommend(request);
  ASSERT_EQ(result.laws[0].candidates.size(), 1u);
  EXPECT_EQ(result.warnings.back(),
            "1 of 2 candidates left out: their mean error is not at 0.1 within 16 times the best one's time");
  request.sweep.sweep.strategies = {KSync{Share{1}}};
  expect_error(ExitCode::usage, "is reached by no candidate", [&] { recommend(request); });
  request.goal = parse_goal("error=0.5");
  expect_error(ExitCode::usage, "is not below the error at the start, 0.5", [&] { recommend(request); });
  RecommendRequest noiseless = raced_request({Constant{1}}, {Sync{}}, "time=5");
  noiseless.model.noise = 0;
  expect_error(ExitCode::usage, "finds an error of 0", [&] { recommend(noiseless); });
}

TEST(Recommend, SaysThatACommonLossIsBlindToLocalSteps) {
  RecommendRequest request = raced_request({Constant{1}}, {Sync{}, LocalSgd{4, 0}}, "time=8");
  EXPECT_NE(recommend(request).warnings.front().find("is blind to the steps of local-sgd"),
            std::string::npos);
  request.model.minima = 1;
  EXPECT_TRUE(recommend(request).warnings.empty());
}

TEST(Recommend, StopsWhenAsked) {
  RecommendRequest request = request_of({Uniform{1, 2}}, {8}, {KAsync{Share{4}}});
  request.stop = [] { return true; };
  expect_error(ExitCode::stopped, "stopped", [&] { recommend(request); });
}

TEST(RecommendText, HasTheModelAndTheRates) {
  Recommendation const result = recommend(raced_request({Exponential{1}}, {Sync{}, Async{}}, "time=20"));
  auto const document = nlohmann::json::parse(recommend_text(result, "json"));
  EXPECT_EQ(document["goal"], "time=20");
  EXPECT_EQ(document["model"], "quadratic:curvature=1:noise=1:start=1");
  auto const& first = document["laws"][0]["candidates"][0];
  EXPECT_EQ(first["learning_rate"], result.laws[0].candidates[0].learning_rate.value());
  EXPECT_TRUE(first["mean"].is_null());
  EXPECT_NE(recommend_table(result).find("mean error at 20"), std::string::npos);
  EXPECT_NE(recommend_text(result, "md").find("| stale | rate | mark |"), std::string::npos);
  std::string const csv = recommend_text(result, "csv");
  EXPECT_NE(csv.find("exponential_only,learning_rate\n"), std::string::npos);
  auto const other =
      nlohmann::json::parse(recommend_text(recommend(request_of({Exponential{1}}, {8})), "json"));
  EXPECT_TRUE(other["model"].is_null());
  EXPECT_TRUE(other["laws"][0]["candidates"][0]["learning_rate"].is_null());
}

TEST(RecommendText, HasTheDecisionLast) {
  Recommendation const result = recommend(request_of({Exponential{1, 1}}, {8}), "ms");
  std::string const table = recommend_table(result);
  EXPECT_TRUE(table.ends_with("\n" + result.decision + "\n"));
  EXPECT_NE(table.find("gradients per ms"), std::string::npos);
  std::string const markdown = recommend_text(result, "md");
  EXPECT_TRUE(markdown.ends_with(result.decision + "\n"));
  auto const document = nlohmann::json::parse(recommend_text(result, "json"));
  EXPECT_EQ(document["schema"], "dsgd.recommend/1");
  EXPECT_EQ(document["decision"], result.decision);
  EXPECT_EQ(document["laws"][0]["candidates"].size(), result.laws[0].candidates.size());
  EXPECT_EQ(document["laws"][0]["intervals"]["over"], "draws");
  std::string const csv = recommend_text(result, "csv");
  EXPECT_EQ(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')),
            1 + result.laws[0].candidates.size());
}

}  // namespace
}  // namespace dsgd
