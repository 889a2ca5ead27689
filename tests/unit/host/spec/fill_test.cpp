#include "spec/fill.hpp"

#include <gtest/gtest.h>

#include <array>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

/// One parameter of every type.
struct Example {
  double low = 0, high = 0;
  std::uint32_t steps = 0;
  Share k;
  std::string file = "none";

  static constexpr std::string_view name = "example";
  static constexpr auto parameters() {
    return std::make_tuple(Parameter{"low", &Example::low, -1, 10, "lower end"},
                           Parameter{"high", &Example::high, -1, 10, "upper end"},
                           Parameter{"steps", &Example::steps, 1, 2e6, "steps"},
                           Parameter{"k", &Example::k, 1, 100, "workers"},
                           Parameter{"file", &Example::file, 0, 0, "name of a file", Presence::optional});
  }
  std::string problem() const { return low < high ? "" : "low is not below high"; }
};

std::vector<Example> examples(std::string_view text) {
  return fill<Example>(parse_spec(text, "--example"), "--example");
}

TEST(SpecFill, FillsEveryType) {
  std::vector<Example> const filled = examples("example:low=-.5:high=1e0:steps=1e3:k=90%:file=a=b,1");
  ASSERT_EQ(filled.size(), 1u);
  EXPECT_EQ(filled[0].low, -0.5);
  EXPECT_EQ(filled[0].steps, 1000u);
  EXPECT_EQ(filled[0].k, (Share{1, 90'000'000}));
  EXPECT_EQ(canonical_text(filled[0]), "example:low=-0.5:high=1:steps=1000:k=90%:file=a=b,1");
}

TEST(SpecFill, OptionalKeysHaveDefaults) {
  EXPECT_EQ(examples("example:low=0:high=1:steps=1:k=1")[0].file, "none");
  EXPECT_EQ(form<Example>(), "example:low=:high=:steps=:k=[:file=]");
}

TEST(SpecFill, ListsGiveAllCombinationsTheLastKeyFastest) {
  std::vector<Example> const filled = examples("example:low=0:high=1:k=50%,1..2:steps=3,7");
  ASSERT_EQ(filled.size(), 6u);
  EXPECT_EQ(canonical_text(filled[0]), "example:low=0:high=1:steps=3:k=1:file=none");
  EXPECT_EQ(canonical_text(filled[2]), "example:low=0:high=1:steps=3:k=50%:file=none");
  EXPECT_EQ(canonical_text(filled[3]), "example:low=0:high=1:steps=7:k=1:file=none");
}

/// A key that specs need not show.
struct Implied {
  double shift = 0;

  static constexpr std::string_view name = "implied";
  static constexpr auto parameters() {
    return std::make_tuple(Parameter{"shift", &Implied::shift, 0, 10, "shift", Presence::implied});
  }
};

TEST(SpecFill, CanonicalSpecsLeaveOutImpliedDefaults) {
  auto const canonical = [](std::string_view text) {
    return canonical_text(fill<Implied>(parse_spec(text, "--example"), "--example").at(0));
  };
  EXPECT_EQ(canonical("implied"), "implied");
  EXPECT_EQ(canonical("implied:shift=0.0"), "implied");
  EXPECT_EQ(canonical("implied:shift=1.0"), "implied:shift=1");
}

/// What no single value can mend.
struct Odd {
  double a = 0, b = 0;

  static constexpr std::string_view name = "odd";
  static constexpr auto parameters() {
    return std::make_tuple(Parameter{"a", &Odd::a, 0, 10, "a"}, Parameter{"b", &Odd::b, 0, 10, "b"});
  }
  std::string problem() const {
    return a < 5 && b < 5 ? "both are below 5" : a >= 5 && b >= 5 ? "" : "one is";
  }
};

TEST(SpecFill, NamesValuesThatWouldDo) {
  expect_error(ExitCode::usage, "low is not below high): give low=0.999 or less, or high=1.01 or more",
               [] { examples("example:low=1:high=1:steps=1:k=1"); });
  expect_error(ExitCode::usage, "(both are below 5): change its values",
               [] { fill<Odd>(parse_spec("odd:a=1:b=2", "--odd"), "--odd"); });
  expect_error(ExitCode::usage, "(one is): give a=5 or more",
               [] { fill<Odd>(parse_spec("odd:a=1:b=7", "--odd"), "--odd"); });
}

/// Whose good values end where three digits would go beyond the range.
struct Narrow {
  double a = 0;

  static constexpr std::string_view name = "narrow";
  static constexpr auto parameters() { return std::make_tuple(Parameter{"a", &Narrow::a, 0, 0.99997, "a"}); }
  std::string problem() const { return a < 0.99995 ? "a is too small" : ""; }
};

TEST(SpecFill, NamesNoValueBeyondTheRange) {
  expect_error(ExitCode::usage, "(a is too small): give a=0.9999",
               [] { fill<Narrow>(parse_spec("narrow:a=0.5", "--narrow"), "--narrow"); });
}

/// One of two keys is needed, and one makes sense only where the other is above 0.
struct Either {
  double time = 0, share = 0, factor = 0;

  static constexpr std::string_view name = "either";
  static constexpr std::array<std::string_view, 2> one_of{"time", "share"};
  static constexpr auto parameters() {
    return std::make_tuple(Parameter{"time", &Either::time, 0, 10, "time", Presence::optional},
                           Parameter{"share", &Either::share, 0, 1, "share", Presence::optional},
                           Parameter{"factor", &Either::factor, 0, 10, "factor", Presence::optional});
  }
  std::string problem() const { return factor > 0 && share == 0 ? "there is no share" : ""; }
};

TEST(SpecFill, NeedsOneOfTwoKeys) {
  auto const either = [](std::string_view text) {
    return fill<Either>(parse_spec(text, "--either"), "--either");
  };
  EXPECT_EQ(either("either:time=0").size(), 1u);
  EXPECT_EQ(either("either:share=0").size(), 1u);
  expect_error(ExitCode::usage,
               "--either either needs 'time' or 'share' (one of them has to be given): write either[:time=]",
               [&] { either("either:factor=1"); });
}

/// And advice names no number that is as good as 0.
TEST(SpecFill, TellsWhatWasWrittenAndWhatIsAbove0) {
  expect_error(
      ExitCode::usage,
      "--either either:share=0:factor=2 is impossible (there is no share): give share above 0, or factor=0",
      [] { fill<Either>(parse_spec("either:factor=2.0:share=0", "--either"), "--either"); });
}

TEST(SpecFill, NamesAllKeysWhereOneIsUnknown) {
  expect_error(ExitCode::usage, "(did you mean shift?): write implied[:shift=]",
               [] { fill<Implied>(parse_spec("implied:shifd=1", "--example"), "--example"); });
}

TEST(SpecFill, RefusesWhatDoesNotFit) {
  auto const refused = [](std::string const& text, std::string const& part) {
    expect_error(ExitCode::usage, part, [&] { examples("example:" + text); });
  };
  refused("low=1:high=1:steps=1:k=1", "low is not below high");
  refused("low=0:high=1:steps=1", "needs 'k'");
  refused("low=0:high=1:steps=1:k=1:file=", "empty");
  refused("low=0:high=1:steps=1.5:k=1", "steps");
  refused("low=0:high=1:steps=-1:k=1", "out of range");
  refused("low=0:high=1:steps=010:k=1", "steps");
  refused("low=0:high=1:steps=1:k=101", "1 to 100");
  refused("low=0:high=1:steps=1:k=1:m=2", "no 'm'");
  refused("low=0:high=1:step=1:k=1", "has no 'step' (did you mean steps?)");
  refused("low=0:high=1:steps=1..1000000:k=1..2", "combinations");
  refused("low=0;5:high=1:steps=1:k=1", "is not a number");
}

}  // namespace
}  // namespace dsgd
