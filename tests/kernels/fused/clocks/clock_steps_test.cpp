#include "kernels/fused/clocks/clock_steps.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "tests/support/clock_rules.hpp"

namespace dsgd::kernels {
namespace {

/// What the steps say is what a count of single arrivals gives.
TEST(ClockSteps, AreTheArrivalsOfAReplication) {
  for (ClockRule const& rule : dsgd::test::every_rule())
    for (std::uint64_t const gradients : {1ull, 2ull, 3ull, 255ull, 256ull, 257ull, 5000ull})
      for (std::uint64_t const warm_up : {0ull, 1ull, 300ull}) {
        ClockPlan const plan{1, warm_up, 7};
        Clocks const clocks{rule, gradients};
        std::uint64_t arrived = 0, measured = 0;
        for_each_step(plan, clocks, 6000, [&](ClockStep const& step) {
          ASSERT_GE(step.arrivals, 1u);
          EXPECT_EQ(step.updates, arrived / gradients);
          EXPECT_EQ(step.warm_up, warm_up);
          EXPECT_EQ(step.waiting, they_wait(rule) ? arrived % gradients : 0);
          EXPECT_EQ(step.before_measured(), std::max<std::uint64_t>(step.updates, warm_up));
          std::uint64_t updates = 0;
          for (std::uint32_t a = 0, left = step.to_update; a < step.arrivals; ++a) {
            bool const is_update = ++arrived % gradients == 0;
            EXPECT_EQ(--left == 0, is_update);
            if (!is_update) continue;
            left = step.gradients;
            updates += arrived / gradients > warm_up ? 1 : 0;
          }
          EXPECT_EQ(step.measured(), updates);
          EXPECT_LE(updates, most_step_updates(plan, clocks, 6000));
          measured += updates;
        });
        EXPECT_EQ(arrived, (warm_up + 7) * gradients);
        EXPECT_EQ(measured, 7u);
      }
}

TEST(ClockSteps, AreShortWhereUpdatesRestartMany) {
  EXPECT_EQ(step_arrivals({clock_rule::Arrivals{}, 1}, 1 << 20), 256u);
  EXPECT_EQ(step_arrivals({clock_rule::Restart{}, 1}, 20), 256u);
  EXPECT_EQ(step_arrivals({clock_rule::Restart{}, 1}, 1023), 8u);
  EXPECT_EQ(step_arrivals({clock_rule::Restart{}, 1}, 1 << 20), 1u);
  EXPECT_EQ(step_arrivals({clock_rule::Restart{}, 1 << 20}, 1 << 20), 256u);
}

}  // namespace
}  // namespace dsgd::kernels
