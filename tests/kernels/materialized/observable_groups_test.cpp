#include "kernels/materialized/observable_groups.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "dsgd/error.hpp"
#include "dsgd/observable.hpp"

namespace dsgd::kernels {
namespace {

Observable observable_of(double rate, Strategy const& strategy, std::uint32_t workers) {
  return observable({{Exponential{rate}, workers}, strategy, 1, {1, workers}});
}

TEST(ObservableGroups, ShareLawAndWorkers) {
  std::vector<Observable> const observables{observable_of(1, Sync{}, 4), observable_of(2, Sync{}, 4),
                                            observable_of(1, Fastest{}, 4), observable_of(1, Sync{}, 5),
                                            observable_of(1, Async{}, 4)};
  std::vector<ObservableGroup> const groups = group_observables(observables);
  ASSERT_EQ(groups.size(), 3u);
  ASSERT_EQ(groups[0].members.size(), 3u);
  EXPECT_EQ(groups[0].members[1].index, 2u);
  EXPECT_EQ(groups[0].members[2].index, 4u);
  EXPECT_EQ(groups[1].members[0].index, 1u);
  EXPECT_EQ(groups[2].workers, 5u);
}

TEST(ObservableGroups, TellTheSlowestFromTheFastest) {
  EXPECT_EQ(runtime_ticks(observable_of(1, Sync{}, 4)).extreme, Extreme::slowest);
  EXPECT_EQ(runtime_ticks(observable_of(1, Fastest{}, 4)).extreme, Extreme::fastest);
  Observable const first = observable_of(1, Fastest{}, 4);
  EXPECT_EQ(runtime_ticks(first).quantum_exponent, first.quantum_exponent);
}

TEST(ObservableGroups, RefuseOtherRanks) {
  Observable second = observable_of(1, Sync{}, 4);
  for (std::uint32_t rank : {2u, 3u}) {
    second.runtime = OrderStatistic{rank};
    EXPECT_THROW(runtime_ticks(second), Error);
  }
}

}  // namespace
}  // namespace dsgd::kernels
