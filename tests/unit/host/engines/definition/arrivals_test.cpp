#include "engines/definition/arrivals.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

TEST(ArrivalQueue, GivesTheEarliestAndOfEqualsTheLowerWorker) {
  ArrivalQueue<double> queue;
  for (Arrival<double> const& arrival : {Arrival<double>{2, 0}, {1, 7}, {3, 1}, {1, 4}, {1, 5}})
    queue.push(arrival);
  for (Arrival<double> const& arrival : {Arrival<double>{1, 4}, {1, 5}, {1, 7}, {2, 0}})
    EXPECT_EQ(queue.pop(), arrival);
  queue.clear();
  queue.push({9, 2});
  EXPECT_EQ(queue.pop(), (Arrival<double>{9, 2}));
}

}  // namespace
}  // namespace dsgd
