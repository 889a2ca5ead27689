#include "exact_values/exact_values.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "exact/moments.hpp"
#include "exact_values/exact_text.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

SweepRequest request_of(std::vector<Strategy> strategies, std::vector<std::uint64_t> workers,
                        Law const& law) {
  SweepRequest request;
  request.sweep.fleets = {SweptFleet(law)};
  request.sweep.strategies = std::move(strategies);
  request.sweep.workers = std::move(workers);
  return request;
}

TEST(ExactValues, AreADocumentInTheOrderOfTheSweep) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  ExactDocument const document = exact_values(request_of({Sync{}, Async{}}, {1, 2}, Exponential{2.0}));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_TRUE(document.warnings.empty());
  ASSERT_EQ(document.rows.size(), 4u);
  EXPECT_EQ(document.rows[1].strategy, "sync");
  EXPECT_EQ(document.rows[1].mean, 0.75);
  EXPECT_NEAR(*document.rows[1].standard_deviation, std::sqrt(1.25) / 2, 1e-12);
  EXPECT_NEAR(*document.rows[1].throughput, 2 / 0.75, 1e-11);
  EXPECT_EQ(document.rows[3].mean, 0.25);
}

TEST(ExactValues, TellWhatDoesNotExistFromWhatIsNotKnown) {
  ExactDocument const heavy = exact_values(request_of({Sync{}}, {2}, Pareto{1, 0.9}));
  EXPECT_EQ(heavy.rows[0].mean, infinite);
  EXPECT_EQ(heavy.rows[0].standard_deviation, infinite);
  EXPECT_EQ(heavy.rows[0].throughput, 0.0);
  ASSERT_EQ(heavy.warnings.size(), 1u);
  EXPECT_EQ(heavy.warnings[0], "1 of 1 points have no mean: it is infinite; --quantiles are finite");
  EXPECT_EQ(nlohmann::json::parse(exact_json(heavy))["points"][0]["infinite"].size(), 2u);

  ExactDocument const unknown = exact_values(request_of({KAsync{Share{2}}}, {3}, Uniform{1, 2}));
  EXPECT_FALSE(unknown.rows[0].mean);
  EXPECT_FALSE(nlohmann::json::parse(exact_json(unknown))["points"][0].contains("infinite"));
}

TEST(ExactValues, OfUpdatesWithoutAMeanAreInfinite) {
  SweepRequest request = request_of({Sync{}}, {2}, Pareto{1, 0.9});
  request.updates = 10;
  ExactDocument const heavy = exact_values(request);
  EXPECT_EQ(heavy.rows[0].updates.value().mean, infinite);
  EXPECT_NE(exact_table(heavy).find("infinite"), std::string::npos);
  EXPECT_NE(exact_text(heavy, "csv").find(",inf,inf,0,inf,inf\n"), std::string::npos)
      << exact_text(heavy, "csv");
  EXPECT_TRUE(nlohmann::json::parse(exact_json(heavy))["points"][0]["updates"]["mean"].is_null());
}

TEST(ExactValues, AreRefusedWhereNoPointRemains) {
  expect_error(ExitCode::usage, "no point remains",
               [] { exact_values(request_of({KSync{Share{3}}}, {2}, Exponential{})); });
}

}  // namespace
}  // namespace dsgd
