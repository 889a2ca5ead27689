#include "exact/fleet_counts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace dsgd::exact {
namespace {

/// Workers that have arrived with probabilities of 1/2, 1/2 and 1/4.
std::vector<HazardGroup> const three{{2, std::log(2.0)}, {1, -std::log(0.75)}};

TEST(FleetCounts, AreSumsOfBinomials) {
  EXPECT_NEAR(rank_tails(three, 1).above, 3. / 16, 1e-15);
  EXPECT_NEAR(rank_tails(three, 2).below, 1. / 4 * 3 / 4 + 1. / 2 * 1 / 4 + 1. / 4 * 1 / 4, 1e-15);
  EXPECT_NEAR(rank_tails(three, 3).below, 1. / 16, 1e-15);
}

TEST(FleetCounts, MissAsManyAsAreNotThere) {
  EXPECT_NEAR(mean_missing(three, 1), 3. / 16, 1e-15);
  EXPECT_NEAR(mean_missing(three, 2), 2 * 3. / 16 + 7. / 16, 1e-15);
  EXPECT_NEAR(mean_missing(three, 3), 1 + 3. / 4, 1e-15);
}

}  // namespace
}  // namespace dsgd::exact
