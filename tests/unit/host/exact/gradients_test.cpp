#include "exact/gradients.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "support/every_strategy.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

TEST(MeanGradients, AreThoseOfTheStrategyButAtADeadline) {
  for (Strategy const& strategy : test::every_strategy(3)) {
    Point const point = make_point(strategy, 7, 1);
    auto const fewest = static_cast<double>(gradients(strategy, 7));
    if (std::holds_alternative<Deadline>(strategy))
      EXPECT_GT(mean_gradients(point), fewest);
    else
      EXPECT_EQ(mean_gradients(point), fewest);
  }
}

/// Three steps of two workers: both by 4, one by 2 (the other takes 8), both by 5.
TEST(MeanGradients, OfMeasuredStepsAreAverages) {
  Replay steps;
  steps.set_times(2, {1, 4, 2, 8, 3, 5});
  auto const at = [&](double time) {
    return mean_gradients({Fleet(std::make_shared<Replay const>(steps)), Deadline{time}, 1, {1, 2}});
  };
  EXPECT_DOUBLE_EQ(at(4), (2 + 1 + 1) / 3.0);
  EXPECT_DOUBLE_EQ(at(5), (2 + 1 + 2) / 3.0);
  EXPECT_DOUBLE_EQ(at(0), 1);
  EXPECT_DOUBLE_EQ(at(8), 2);
}

}  // namespace
}  // namespace dsgd
