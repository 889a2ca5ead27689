// Races on engine `cuda`, on a device, against engine `reference`.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/engine/engine.hpp"
#include "dsgd/engine/stop_check.hpp"
#include "spec/spec.hpp"
#include "tests/gpu/device_test.hpp"
#include "tests/support/raced.hpp"
#include "validate/samples.hpp"

namespace dsgd::test {
namespace {

class RacesOnDevice : public DeviceTest {
 protected:
  void SetUp() override {
    DeviceTest::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) computer_ = make_cuda_races().computer;
  }

  void expect_definition(RacePoint const& point, std::uint64_t replications) {
    RaceTask const task(point, {{0, 0.5, 3, 12}, {0, 1, 6, 17}, 0.1}, 3, false);
    RaceSummary summary = task.empty_summary();
    StopCheck never;
    computer_->add(task, {0, replications}, never, summary);
    EXPECT_EQ(summary, race(task, replications, {"cpu"}))
        << canonical_spec(point.strategy) << " of " << canonical_spec(point.fleet);
  }

  std::unique_ptr<RaceComputer> computer_;
};

TEST_F(RacesOnDevice, FollowEveryStrategyUnderEveryLaw) {
  for (Law const& law : sample_laws())
    for (Strategy const& strategy : sample_strategies())
      expect_definition({Fleet(law, 5), strategy, {}, 0.1}, 40);
}

TEST_F(RacesOnDevice, UnequalWorkersWithLossesOfTheirOwn) {
  Quadratic model;
  model.curvatures = {1, 0.3, 0.1};
  model.minima = 1;
  model.spread = 0.3;
  for (Strategy const& strategy : sample_strategies())
    expect_definition({parse_fleet("3*exponential:rate=1+4*constant:value=1").of(7), strategy, model, 0.1},
                      300);
}

/// More replications than are followed at once.
TEST_F(RacesOnDevice, ManyReplications) {
  for (char const* const strategy : {"sync", "k-async:k=2", "ssp:staleness=1"})
    expect_definition(raced(strategy, 8), 200'001);
}

}  // namespace
}  // namespace dsgd::test
