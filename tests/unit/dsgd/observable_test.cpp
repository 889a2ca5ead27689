#include "dsgd/observable.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <variant>

#include "dsgd/order_statistics/address.hpp"
#include "support/every_law.hpp"

namespace dsgd {
namespace {

/// The sanitizers look whether tables of delays are read where they are none.
TEST(Observable, BinsOfTheMostSampledWorkersBeginAtADelayOfTheLaw) {
  for (Law const& law : test::every_law())
    for (std::uint64_t const workers : {std::uint64_t{1}, std::uint64_t{1} << 56, max_sampled_workers})
      for (Strategy const& strategy : {Strategy(Fastest{}), Strategy(Sync{})}) {
        Point point{{law, workers}, strategy, 1, {1, 2}};
        point.sampling = Sampling::order_statistics;
        point.quantiles = true;
        double const origin = observable(point).histogram_origin;
        double const least_hazard = std::max(0x1p-65 / static_cast<double>(workers), min_hazard);
        double const shortest = std::visit([&](auto const& s) { return s.at(least_hazard); }, sampler(law));
        EXPECT_GE(origin, 0);
        EXPECT_LE(origin, shortest * (1 + 1e-6)) << "law " << law.index() << ", " << workers;
      }
}

}  // namespace
}  // namespace dsgd
