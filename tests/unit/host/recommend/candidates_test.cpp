#include "recommend/candidates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "spec/spec.hpp"

namespace dsgd {
namespace {

std::vector<std::string> specs(std::uint64_t workers, bool has_communication = false) {
  std::vector<std::string> found;
  for (Strategy const& strategy : default_candidates(workers, has_communication)) {
    EXPECT_TRUE(fits(strategy, workers)) << workers;
    found.push_back(canonical_spec(strategy));
  }
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), found.size()) << workers;
  return found;
}

TEST(DefaultCandidates, FitAnyNumberOfWorkers) {
  for (std::uint64_t workers = 1; workers <= 200; ++workers) specs(workers, true);
  EXPECT_EQ(specs(1), std::vector<std::string>{"sync"});
}

TEST(DefaultCandidates, HaveSparesUpToAQuarter) {
  std::vector<std::string> const of_12 = specs(12), of_1024 = specs(1024);
  std::vector<std::string> const first{"sync", "backup:spare=1", "backup:spare=2", "backup:spare=3", "async"};
  ASSERT_GE(of_12.size(), first.size());
  EXPECT_TRUE(std::equal(first.begin(), first.end(), of_12.begin()));
  EXPECT_EQ(of_1024[1], "backup:spare=16");
  EXPECT_EQ(of_1024[16], "backup:spare=256");
}

TEST(DefaultCandidates, AverageModelsWhereCommunicationTakesTime) {
  std::vector<std::string> const with = specs(8, true), without = specs(8);
  EXPECT_EQ(with.back(), "local-sgd:steps=16:communication=0");
  // Who does not wait for communication would win for that reason alone.
  for (std::string const& spec : with) EXPECT_EQ(spec.find("async"), std::string::npos) << spec;
  EXPECT_EQ(without.back(), "k-batch-async:k=8");
}

}  // namespace
}  // namespace dsgd
