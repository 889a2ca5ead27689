#include "spec.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

TEST(ParseSpec, SeparatesOnlyBeforeKeys) {
  Spec const spec = parse_spec("empirical:file=/data/a:b=c:d.csv:column=time", "--law");
  EXPECT_EQ(spec.name, "empirical");
  ASSERT_EQ(spec.values.size(), 3u);  // "b=" is a key to the grammar; the law then refuses it by name
  EXPECT_EQ(spec.values[0], std::make_pair(std::string("file"), std::string("/data/a")));
  EXPECT_EQ(spec.values[1], std::make_pair(std::string("b"), std::string("c:d.csv")));
  EXPECT_EQ(spec.values[2], std::make_pair(std::string("column"), std::string("time")));
  EXPECT_EQ(parse_spec("e:file=C:/x=1", "--law").values[0].second, "C:/x=1");
}

TEST(Law, HasOneCanonicalSpec) {
  EXPECT_EQ(canonical_spec(parse_law("exponential:rate=2.0")), "exponential:rate=2");
  EXPECT_EQ(canonical_spec(parse_law("exponential:rate=1e-1")), "exponential:rate=0.1");
  EXPECT_EQ(canonical_spec(Law{Exponential{}}), "exponential:rate=2");
}

TEST(Strategy, HasOneCanonicalSpec) {
  for (char const* const name : {"sync", "async", "fastest"})
    EXPECT_EQ(canonical_spec(parse_strategy(name)), name);
}

TEST(Forms, NameEveryKey) {
  EXPECT_EQ(law_help().front().form, "exponential:rate=");
  std::vector<std::string> forms;
  for (SpecHelp const& strategy : strategy_help()) forms.push_back(strategy.form);
  EXPECT_EQ(forms,
            (std::vector<std::string>{
                "sync", "async", "fastest", "k-sync:k=", "backup:spare=", "k-batch-sync:k=", "k-async:k=",
                "k-batch-async:k=", "local-sgd:steps=:communication=", "gradient-coding:stragglers="}));
}

struct BadSpec {
  char const* text;
  char const* part;
};

class BadLaws : public testing::TestWithParam<BadSpec> {};

TEST_P(BadLaws, AreRefused) {
  expect_error(ExitCode::usage, GetParam().part, [] { parse_law(GetParam().text); });
}

INSTANTIATE_TEST_SUITE_P(
    Forms, BadLaws,
    testing::Values(BadSpec{"", "no name"}, BadSpec{":rate=2", "no name"}, BadSpec{"gaussian", "unknown"},
                    BadSpec{"gaussian", "exponential:rate="}, BadSpec{"exponential", "lacks 'rate'"},
                    BadSpec{"exponential:", "not key=value"}, BadSpec{"exponential:rate", "not key=value"},
                    BadSpec{"exponential:=2", "not key=value"}, BadSpec{"exponential:rate=", "empty"},
                    BadSpec{"exponential:rate=2:rate=3", "twice"},
                    BadSpec{"exponential:rate=2:shift=1", "'shift'"}, BadSpec{"exponential:rate=0", "1e-36"},
                    BadSpec{"exponential:rate=1e-37", "1e-36"}, BadSpec{"exponential:rate=1e19", "1e+18"},
                    BadSpec{"Exponential:rate=2", "unknown"}, BadSpec{"exponential:rate=2:", "2:"}));

TEST(BadStrategies, AreRefused) {
  expect_error(ExitCode::usage, "no name", [] { parse_strategy(""); });
  expect_error(ExitCode::usage, "unknown", [] { parse_strategy("max"); });
  expect_error(ExitCode::usage, "no 'k'", [] { parse_strategy("sync:k=2"); });
}

TEST(StrategyList, IsOneOptionValue) {
  std::vector<Strategy> const strategies = parse_strategies("sync,fastest,sync");
  ASSERT_EQ(strategies.size(), 3u);
  EXPECT_EQ(canonical_spec(strategies[1]), "fastest");
  expect_error(ExitCode::usage, "no name", [] { parse_strategies("sync,"); });
  expect_error(ExitCode::usage, "'sync,8' is unknown", [] { parse_strategies("sync,8"); });
}

}  // namespace
}  // namespace dsgd
