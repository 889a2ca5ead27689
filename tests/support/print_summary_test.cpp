#include "support/print_summary.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dsgd/observable.hpp"
#include "dsgd/sweep.hpp"

namespace dsgd {
namespace {

TEST(PrintSummary, IsALine) {
  Summary summary;
  summary.add(1.5f, 0);
  EXPECT_EQ(testing::PrintToString(summary), "1 iterations, 2 ticks, from 1.5 to 1.5");
  EXPECT_LT(testing::PrintToString(std::vector<Summary>(3)).size(), 400u);

  Sweep sweep;
  sweep.workers = {3};
  std::string const text = testing::PrintToString(observable(expand(sweep).front()));
  EXPECT_TRUE(text.starts_with("3 workers, ")) << text;
  EXPECT_LT(text.size(), 80u);
}

TEST(SameSummaries, NamesTheFirstThatDiffers) {
  std::vector<Summary> left(3), right(3);
  EXPECT_TRUE(same_summaries("left", "right", left, right));
  right[1].add(1.0f, 0);
  right[2].add(2.0f, 0);
  std::string const text = same_summaries("left", "right", left, right).message();
  EXPECT_TRUE(text.starts_with("left is not right: summary 1 of 3 is\n")) << text;
  EXPECT_EQ(text.find("to 2"), std::string::npos) << text;
  right.pop_back();
  EXPECT_STREQ(same_summaries("left", "right", left, right).message(),
               "left is not right: 3 summaries, not 2");
}

}  // namespace
}  // namespace dsgd
