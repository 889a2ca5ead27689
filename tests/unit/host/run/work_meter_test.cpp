#include "run/work_meter.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace dsgd {
namespace {

/// What a meter tells.
struct Heard {
  std::vector<WorkDone> all;
  WorkMeter meter{[this](WorkDone const& work) { all.push_back(work); }};

  std::string text() const { return all.back().text; }
  std::optional<double> share() const { return all.back().share; }
};

TEST(WorkMeter, CountsPartsAndTheStepsOfOne) {
  Heard heard;
  heard.meter.begin("races", 4);
  EXPECT_EQ(heard.text(), "0/4 races");
  EXPECT_EQ(heard.share(), 0);
  heard.meter.begin_steps("replications", 100);
  heard.meter.step(50);
  EXPECT_EQ(heard.text(), "0/4 races, 50/100 replications");
  EXPECT_EQ(heard.share(), 0.125);
  heard.meter.end_part();
  EXPECT_EQ(heard.text(), "1/4 races");
  EXPECT_EQ(heard.share(), 0.25);
}

TEST(WorkMeter, KnowsNoShareOfWhatHasNoEnd) {
  Heard heard;
  heard.meter.name("law 2/3");
  heard.meter.begin_unlike("candidates", 5);
  heard.meter.begin_steps("runs", 0);
  heard.meter.step();
  EXPECT_EQ(heard.text(), "law 2/3, 0/5 candidates, 1 runs");
  EXPECT_EQ(heard.share(), std::nullopt);
}

TEST(WorkMeter, CountsStepsOfUnknownNumberAsNoShare) {
  Heard heard;
  heard.meter.begin("races", 2);
  heard.meter.begin_steps("replications", 0);
  heard.meter.step(1000);
  EXPECT_EQ(heard.share(), 0);
}

TEST(WorkMeter, IsCountedByAllThreadsAndAllCopies) {
  Heard heard;
  heard.meter.begin("tables", 400);
  {
    std::vector<std::jthread> team;
    for (int i = 0; i < 4; ++i)
      team.emplace_back([meter = heard.meter] {
        for (int j = 0; j < 100; ++j) PartDone const done(meter);
      });
  }
  EXPECT_EQ(heard.text(), "400/400 tables");
  EXPECT_EQ(heard.share(), 1);
}

TEST(WorkMeter, TellsNobodyAfterItsEnd) {
  Heard heard;
  heard.meter.begin("laws", 1);
  heard.meter.end_part();
  heard.meter.end();
  EXPECT_TRUE(heard.all.back().is_last);
  std::size_t const before = heard.all.size();
  heard.meter.step();
  heard.meter.end();
  EXPECT_EQ(heard.all.size(), before);
}

TEST(WorkMeter, NeedsNobodyWhoWatches) {
  WorkMeter const meter;
  meter.begin("laws", 1);
  meter.begin_steps("samples", 1);
  meter.step();
  meter.end_part();
  meter.end();
}

}  // namespace
}  // namespace dsgd
