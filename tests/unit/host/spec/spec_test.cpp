#include "spec/spec.hpp"

#include <gtest/gtest.h>

#include "support/example_laws.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

template <class L>
class LawSpec : public testing::Test {};
TYPED_TEST_SUITE(LawSpec, LawTypes);

/// Laws whose parameters say all; an empirical one needs its file (trace_test.cpp).
template <class L>
constexpr bool is_made_of_numbers = !std::is_same_v<L, Empirical>;

TYPED_TEST(LawSpec, ReadsBackAsTheSameLaw) {
  if constexpr (is_made_of_numbers<TypeParam>) {
    for (TypeParam const& law : example_laws<TypeParam>()) {
      std::string const spec = canonical_spec(law);
      Law const again = parse_law(spec);
      EXPECT_EQ(canonical_spec(again), spec);
      EXPECT_EQ(origin(again), law.origin());
      for (std::uint32_t const k : {0u, 1u << 20, 1u << 31, ~0u})
        EXPECT_EQ(std::get<TypeParam>(again).sampler().excess(k, 0), law.sampler().excess(k, 0)) << spec;
    }
  }
}

/// A law with one value replaced by another; nothing where other values are at odds with it.
template <class L, class Member>
std::string spec_with(L law, Member member, double value) {
  law.*member = value;
  return canonical_spec(law);
}

TYPED_TEST(LawSpec, HasRangesThatHold) {
  auto const check = [](auto const& parameter) {
    if constexpr (is_made_of_numbers<TypeParam> &&
                  std::is_same_v<std::remove_cvref_t<decltype(TypeParam{}.*parameter.value)>, double>) {
      auto const refused = [&](double value) {
        expect_error(ExitCode::usage, ": " + std::string(parameter.key) + " '",
                     [&] { parse_law(spec_with(TypeParam{}, parameter.value, value)); });
      };
      refused(std::nextafter(parameter.high, HUGE_VAL));
      refused(parameter.low > 0 ? parameter.low * (1 - 1e-15)
                                : parameter.low - 1e-15 - 1e-15 * std::abs(parameter.low));
      for (double const end : {parameter.low, parameter.high}) {
        try {  // the end itself is no error of this parameter alone
          parse_law(spec_with(TypeParam{}, parameter.value, end));
        } catch (Error const& error) {
          EXPECT_NE(std::string(error.what()).find("is impossible ("), std::string::npos) << error.what();
        }
      }
    }
  };
  std::apply([&](auto const&... parameter) { (check(parameter), ...); }, TypeParam::parameters());
}

TYPED_TEST(LawSpec, HasAMeaningOfOneLine) {
  EXPECT_FALSE(TypeParam::meaning.empty());
  EXPECT_EQ(TypeParam::meaning.find('\n'), std::string_view::npos);
  EXPECT_EQ(std::string(TypeParam::name).find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string::npos);
}

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

TEST(Law, MayBeShifted) {
  Law const law = parse_law("gamma:shape=2:rate=1:shift=3.0");
  EXPECT_EQ(canonical_spec(law), "gamma:shape=2:rate=1:shift=3");
  EXPECT_EQ(origin(law), 3);
  EXPECT_EQ(canonical_spec(parse_law("gamma:shape=2:rate=1:shift=0")), "gamma:shape=2:rate=1");
  EXPECT_TRUE(memoryless(parse_law("exponential:rate=1")));
  EXPECT_FALSE(memoryless(parse_law("exponential:rate=1:shift=1")));
}

TEST(Law, ListsOfItsValuesAreLaws) {
  std::vector<std::string> specs;
  for (SweptFleet const& fleet : parse_fleets("gamma:shape=1.5,2:rate=1..3..2"))
    specs.push_back(canonical_spec(fleet.fleet()));
  EXPECT_EQ(specs, (std::vector<std::string>{"gamma:shape=1.5:rate=1", "gamma:shape=1.5:rate=3",
                                             "gamma:shape=2:rate=1", "gamma:shape=2:rate=3"}));
  expect_error(ExitCode::usage, "has a list", [] { parse_fleet("2*exponential:rate=1,2"); });
}

TEST(Strategy, HasOneCanonicalSpec) {
  for (char const* const name : {"sync", "async", "fastest"})
    EXPECT_EQ(canonical_spec(parse_strategies(name).at(0)), name);
}

TEST(Forms, NameEveryKey) {
  EXPECT_EQ(law_help().size(), std::variant_size_v<Law> + 1);
  EXPECT_EQ(law_help().back().form, "replay:file=[:column=]:worker=:step=[:sha256=]");
  EXPECT_EQ(law_help().at(std::variant_size_v<Law> - 1).form, "empirical:file=[:column=][:sha256=]");
  EXPECT_EQ(law_help().front().form, "exponential:rate=");
  std::vector<std::string> keys;
  for (SpecHelp const& key : law_key_help()) keys.push_back(key.form);
  EXPECT_EQ(keys, (std::vector<std::string>{"worker=", "step=", "columns=", "where=", "skip=", "missing=",
                                            "separator=", "decimal=", "shift="}));
  std::vector<std::string> forms;
  for (SpecHelp const& strategy : strategy_help()) forms.push_back(strategy.form);
  EXPECT_EQ(forms,
            (std::vector<std::string>{
                "sync", "async", "fastest", "k-sync:k=", "backup:spare=", "k-batch-sync:k=", "k-async:k=",
                "k-batch-async:k=", "local-sgd:steps=:communication=", "gradient-coding:stragglers=",
                "ssp:staleness=", "deadline:time=[:k=]", "speculate[:after=][:share=][:factor=][:k=]"}));
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
    testing::Values(
        BadSpec{"", "no name"}, BadSpec{":rate=2", "no name"}, BadSpec{"gaussian", "unknown"},
        BadSpec{"gaussian", "exponential:rate="}, BadSpec{"exponential", "needs 'rate'"},
        BadSpec{"exponential:", "not key=value"}, BadSpec{"exponential:rate", "not key=value"},
        BadSpec{"exponential:=2", "not key=value"}, BadSpec{"exponential:rate=", "empty"},
        BadSpec{"exponential:rate=2:rate=3", "twice"}, BadSpec{"exponential:rate=2:scale=1", "'scale'"},
        BadSpec{"exponential:rate=2:shift=-1", "0 to 1e+36"}, BadSpec{"exponential:rate=0", "1e-36"},
        BadSpec{"exponential:rate=1e-37", "1e-36"}, BadSpec{"exponential:rate=1e19", "1e+18"},
        BadSpec{"Exponential:rate=2", "unknown"}, BadSpec{"exponential:rate=2:", "2:"},
        BadSpec{"uniform:low=2:high=1", "is impossible (low is not below high)"},
        BadSpec{"uniform:low=1:high=1", "is impossible (low is not below high)"},
        BadSpec{"two-point:low=3:high=2:probability=0.5", "is impossible (low is not below high)"},
        BadSpec{"hyperexponential:probability=0.5:rate1=1:rate2=10001", "over 10000 times"},
        BadSpec{"pareto:scale=1:shape=0.5", "longest delays are above"},
        BadSpec{"weibull:scale=1e-30:shape=0.25", "shortest delays are below"},
        BadSpec{"lognormal:mu=80:sigma=1", "longest delays are above"}));

/// Whoever leaves the range of 32-bit numbers hears which values of one parameter would not, rounded to three
/// digits on the side where they do not.
INSTANTIATE_TEST_SUITE_P(
    Remedies, BadLaws,
    testing::Values(
        BadSpec{"pareto:scale=1:shape=0.5", "numbers): give scale=0.000549 or less, or shape=0.546 or more"},
        BadSpec{"log-logistic:scale=1:shape=0.4", "shape=0.546 or more"},
        BadSpec{"lognormal:mu=80:sigma=1", "give mu=73.7 or less, or sigma=0.315 or less"},
        BadSpec{"weibull:scale=1e-30:shape=0.25", "give scale=2.39e-07 or more, or shape=0.988 or more"},
        BadSpec{"uniform:low=2:high=1", "give low=0.999 or less, or high=2.01 or more"},
        BadSpec{"uniform:low=1e36:high=1", "give low=0.999 or less"},
        BadSpec{"hyperexponential:probability=0.5:rate1=1:rate2=10001",
                "give rate1=1.01 or more, or rate2=10000 or less"}));

TEST(Remedies, AreAccepted) {
  for (char const* const text :
       {"pareto:scale=0.000549:shape=0.5", "pareto:scale=1:shape=0.546", "log-logistic:scale=1:shape=0.546",
        "lognormal:mu=73.7:sigma=1", "lognormal:mu=80:sigma=0.315", "uniform:low=0.999:high=1"})
    EXPECT_NO_THROW(parse_law(text)) << text;
  for (char const* const text : {"pareto:scale=0.00055:shape=0.5", "pareto:scale=1:shape=0.545",
                                 "log-logistic:scale=1:shape=0.545", "lognormal:mu=73.8:sigma=1"})
    EXPECT_ANY_THROW(parse_law(text)) << text;
}

TEST(BadStrategies, AreRefused) {
  expect_error(ExitCode::usage, "no name", [] { parse_strategies(""); });
  expect_error(ExitCode::usage, "unknown (no such name): use sync", [] { parse_strategies("max"); });
  expect_error(ExitCode::usage, "unknown (did you mean sync?): use sync", [] { parse_strategies("snyc"); });
  expect_error(ExitCode::usage, "no 'k'", [] { parse_strategies("sync:k=2"); });
}

TEST(StrategyList, IsOneOptionValue) {
  std::vector<Strategy> const strategies = parse_strategies("sync,fastest,sync");
  ASSERT_EQ(strategies.size(), 3u);
  EXPECT_EQ(canonical_spec(strategies[1]), "fastest");
  expect_error(ExitCode::usage, "no name", [] { parse_strategies("sync,"); });
  expect_error(ExitCode::usage, "'sync,8' is unknown", [] { parse_strategies("sync,8"); });
}

TEST(Fleet, MayBeRepeated) {
  EXPECT_EQ(canonical_spec(parse_fleet("2*(3*exponential:rate=1+1*exponential:rate=.5)").fleet()),
            "3*exponential:rate=1+1*exponential:rate=0.5+3*exponential:rate=1+1*exponential:rate=0.5");
  EXPECT_EQ(canonical_spec(parse_fleet("1*exponential:rate=2+4*(exponential:rate=1)").fleet()),
            "1*exponential:rate=2+4*exponential:rate=1");
  EXPECT_EQ(parse_fleet("2*(2*(1*exponential:rate=1+1*exponential:rate=2))").size(), 8U);
  expect_error(ExitCode::usage, "groups of workers",
               [] { parse_fleet("1000000*(1*exponential:rate=1+1*exponential:rate=2)"); });
  expect_error(ExitCode::usage, "without a number of workers",
               [] { parse_fleet("2*(exponential:rate=1+1*exponential:rate=2)"); });
}

TEST(Fleet, IsALawOrGroupsOfLaws) {
  EXPECT_FALSE(parse_fleet("exponential:rate=2").size());
  SweptFleet const swept = parse_fleet("15*exponential:rate=2+1*shifted-exponential:shift=1e+0:rate=.5");
  EXPECT_FALSE(swept.fleet().equal());
  EXPECT_EQ(swept.size(), 16u);
  EXPECT_TRUE(swept.has(16));
  EXPECT_FALSE(swept.has(15));
  EXPECT_EQ(canonical_spec(swept.fleet()), "15*exponential:rate=2+1*shifted-exponential:shift=1:rate=0.5");
}

TEST(Fleet, OfOneLawIsThatOfItsEqualWorkers) {
  for (char const* const text : {"8*exponential:rate=2", "3*exponential:rate=2+5*exponential:rate=2.0"}) {
    SweptFleet const swept = parse_fleet(text);
    EXPECT_EQ(swept.size(), 8u);
    EXPECT_EQ(canonical_spec(swept.fleet()), "exponential:rate=2");
  }
}

TEST(Fleet, RefusesGroupsWithoutWorkersOrLaws) {
  for (char const* const text : {"0*exponential:rate=2", "3*", "3*exponential:rate=2+2*", "3*nothing",
                                 "16777215*exponential:rate=1+1*exponential:rate=2"})
    expect_error(ExitCode::usage, "--law", [&] { parse_fleet(text); });
}

TEST(Stragglers, AreThreeNumbers) {
  EXPECT_EQ(parse_stragglers("leave=20%:enter=0.02:factor=10"), (Stragglers{0.02, 0.2, 10}));
  EXPECT_EQ(canonical_spec(Stragglers{0.02, 0.2, 10}), "enter=0.02:leave=0.2:factor=10");
  expect_error(ExitCode::usage, "--stragglers needs 'leave'", [] { parse_stragglers("enter=0.1:factor=2"); });
  expect_error(ExitCode::usage,
               "write enter=:leave=:factor=", [] { parse_stragglers("enter=0.1:leav=0.1"); });
  expect_error(ExitCode::usage, "--stragglers: factor '0.5' is out of range",
               [] { parse_stragglers("enter=0.1:leave=0.1:factor=0.5"); });
  expect_error(ExitCode::usage, "has a list", [] { parse_stragglers("enter=0.1:leave=0.1,0.2:factor=5"); });
}

TEST(Stragglers, AreToldAsTheyWereTyped) {
  expect_error(ExitCode::usage,
               "--stragglers 'often' has the part 'often' (not key=value): write enter=:leave=:factor=", [] {
                 parse_stragglers("often");
               });
}

TEST(Speculation, MayBeginAtOnce) {
  for (char const* const text : {"speculate:after=0", "speculate:share=0", "speculate:after=0:share=0"})
    EXPECT_EQ(canonical_spec(parse_strategy(text, "--strategy")), "speculate:after=0");
  EXPECT_EQ(canonical_spec(parse_strategy("speculate:after=0:k=2", "--strategy")), "speculate:after=0:k=2");
  EXPECT_EQ(canonical_spec(parse_strategy("speculate:after=0:share=0.5", "--strategy")),
            "speculate:share=0.5");
  expect_error(ExitCode::usage, "speculate needs 'after' or 'share'",
               [] { parse_strategy("speculate:factor=2", "--strategy"); });
  expect_error(ExitCode::usage, "speculate:share=0:factor=2 is impossible",
               [] { parse_strategy("speculate:share=0:factor=2", "--strategy"); });
}

TEST(Server, TakesOneLawAlone) {
  for (char const* const text : {"replay:file=x.csv:worker=a:step=b", "empirical:file=x.csv"})
    expect_error(ExitCode::usage, "--server takes no measured times", [&] { parse_server(text); });
  expect_error(ExitCode::usage, "is a fleet",
               [] { parse_server("2*exponential:rate=1+1*constant:value=2"); });
  expect_error(ExitCode::usage, "unknown (did you mean exponential?)",
               [] { parse_server("exponental:rate=1"); });
  try {
    parse_server("nobody");
    ADD_FAILURE();
  } catch (Error const& error) {
    EXPECT_EQ(std::string(error.what()).find("replay"), std::string::npos);
    EXPECT_EQ(std::string(error.what()).find("empirical"), std::string::npos);
  }
}

TEST(Server, IsALawWithoutAFile) {
  EXPECT_EQ(canonical_spec(parse_server("exponential:rate=3")), "exponential:rate=3");
  expect_error(ExitCode::usage, "--server 'nobody'", [] { parse_server("nobody"); });
}

}  // namespace
}  // namespace dsgd
