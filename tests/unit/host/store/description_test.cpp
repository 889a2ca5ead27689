#include "store/description.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "support/points.hpp"

namespace dsgd {
namespace {

Description description() {
  Description result;
  result.arithmetic = "1";
  result.seed = "18446744073709551615";
  result.draws = "common";
  result.sampling = "workers";
  result.histograms = "no";
  result.iterations = "5000";
  result.laws = result.swept_laws = {"empirical:file=a\nb\\n:column=1:sha256=00ff", "exponential:rate=2"};
  result.typed_laws = {"empirical:file=x/a\nb\\n", "exponential:rate=2"};
  result.strategies = {"sync", "async"};
  result.workers = "1:20";
  return result;
}

TEST(DescriptionText, GivesTheDescriptionBack) {
  EXPECT_EQ(parse_description(description_text(description())), description());
  EXPECT_EQ(parse_description(description_text(Description{})), Description{});
}

TEST(DescriptionText, IsTheOnlyOne) {
  std::string const text = description_text(description());
  for (std::string const& other : {std::string(), text + "\n", text + "more 1\n", text.substr(1), text + text,
                                   text.substr(0, text.size() - 1)})
    EXPECT_FALSE(parse_description(other)) << other;
}

TEST(Flaw, IsInWhatNoSweepIs) {
  EXPECT_EQ(flaw(description()), "");
  for (std::function<void(Description&)> const& make :
       {std::function<void(Description&)>([](Description& d) { d.laws.clear(); }),
        {[](Description& d) { d.swept_laws.clear(); }},
        {[](Description& d) { d.typed_laws.pop_back(); }},
        {[](Description& d) { d.strategies.clear(); }},
        {[](Description& d) { d.histograms = "perhaps"; }},
        {[](Description& d) { d.seed = "-1"; }},
        {[](Description& d) { d.iterations = "0"; }},
        {[](Description& d) { d.shard = "3/2"; }},
        {[](Description& d) { d.relative_error = "little"; }}}) {
    Description wrong = description();
    make(wrong);
    EXPECT_NE(flaw(wrong), "") << description_text(wrong);
  }
}

TEST(Difference, NamesWhatDiffers) {
  struct Change {
    char const* name;
    std::function<void(Description&)> make;
  };
  for (auto const& [name, make] :
       {Change{"--seed is 7, the store's is 18446744073709551615", [](Description& d) { d.seed = "7"; }},
        {"--draws", [](Description& d) { d.draws = "independent"; }},
        {"--sampling", [](Description& d) { d.sampling = "order-statistics"; }},
        {"--communication is constant:time=1, the store's is none",
         [](Description& d) { d.communication = "constant:time=1"; }},
        {"histograms", [](Description& d) { d.histograms = "yes"; }},
        {"--shard is 1/2, the store's is none", [](Description& d) { d.shard = "1/2"; }},
        {"--relative-error is 0.1, the store's is none", [](Description& d) { d.relative_error = "0.1"; }},
        {"has changed", [](Description& d) { d.laws[0] = "empirical:file=a\nb\\n:column=1:sha256=00fe"; }}}) {
    Description wanted = description();
    make(wanted);
    EXPECT_NE(difference(description(), wanted).find(name), std::string::npos)
        << name << ": " << difference(description(), wanted);
  }
}

TEST(Difference, LetsASweepGrow) {
  Description wanted = description();
  wanted.iterations = "9000";
  wanted.workers = "1:40";
  wanted.strategies = {"fastest"};
  wanted.quantiles = "";
  wanted.updates = "3";
  wanted.laws.push_back("pareto:scale=1:shape=3");
  EXPECT_EQ(difference(description(), wanted), "");
  for (char const* const law : {"exponential:rate=2", "exponential:rate=3"}) {
    wanted.laws = {law};
    EXPECT_EQ(difference(description(), wanted), "");
  }
}

/// A point that stopped at 0.01 would have stopped earlier at 0.1, where nobody looked.
TEST(Difference, LetsAPrecisionGrowAndNotShrink) {
  Description coarse = description(), fine = description();
  coarse.relative_error = "0.1";
  fine.relative_error = "0.01";
  EXPECT_EQ(difference(coarse, fine), "");
  EXPECT_EQ(difference(coarse, description()), "");
  EXPECT_NE(difference(fine, coarse), "");
  EXPECT_NE(difference(description(), fine), "");
}

/// Its ranges follow from its iterations.
TEST(Difference, HoldsTheIterationsOfAShard) {
  Description shard = description();
  shard.shard = "1/2";
  Description longer = shard;
  longer.iterations = "9000";
  EXPECT_NE(difference(shard, longer).find("--iterations"), std::string::npos);
}

TEST(Joined, RemembersAllLaws) {
  Description wanted = description();
  wanted.laws = wanted.swept_laws = {"exponential:rate=2"};
  wanted.seed = description().seed;
  Description const now = joined(description(), wanted);
  EXPECT_EQ(now.laws, description().laws);
  EXPECT_EQ(now.swept_laws, wanted.laws);
}

TEST(PointText, TellsPointsApart) {
  EXPECT_EQ(point_text(make_planned_point(Sync{}, 3, 100)), "exponential:rate=2 sync 3");
  EXPECT_EQ(point_text(make_planned_point(Sync{}, 3, 100)), point_text(make_planned_point(Sync{}, 3, 200)));
}

/// 1024 updates a replication where there are many; fewer where there are few.
TEST(PointText, TellsReplicationsOfOtherLengthsApart) {
  auto const text = [](std::uint64_t iterations) {
    return point_text(make_planned_point(Async{}, 4, iterations, ShiftedExponential{1, 1}));
  };
  EXPECT_EQ(text(1 << 20), "shifted-exponential:shift=1:rate=1 async 4 updates 20+1024");
  EXPECT_EQ(text(1 << 20), text(1 << 21));
  EXPECT_NE(text(1 << 20), text(5000));
}

}  // namespace
}  // namespace dsgd
