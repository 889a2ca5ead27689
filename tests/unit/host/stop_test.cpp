#include "stop.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace dsgd {
namespace {

TEST(StopRequest, IsMadeByASignal) {
  for (auto const& [number, name] :
       {std::pair{SIGINT, "SIGINT"}, {SIGTERM, "SIGTERM"}, {SIGUSR1, "SIGUSR1"}}) {
    StopRequest const stop(std::nullopt);
    EXPECT_FALSE(stop.made());
    std::raise(number);
    EXPECT_TRUE(stop.made());
    EXPECT_EQ(stop.reason(), name);
    EXPECT_EQ(stop.exit_code(), number == SIGINT ? 130 : 143);
  }
}

TEST(StopRequest, IsMadeWhenTimeIsUp) {
  EXPECT_FALSE(StopRequest(1e9).made());
  StopRequest const stop(1e-9);
  EXPECT_TRUE(stop.made());
  EXPECT_EQ(stop.reason(), "--max-time");
  EXPECT_EQ(stop.exit_code(), 143);
}

TEST(StopRequestDeathTest, LeavesAtOnceTheSecondTime) {
  auto const twice = [](int first, int second) {
    StopRequest const stop(std::nullopt);
    std::raise(first);
    std::raise(second);
  };
  EXPECT_EXIT(twice(SIGTERM, SIGINT), testing::ExitedWithCode(130), "");
  EXPECT_EXIT(twice(SIGINT, SIGTERM), testing::ExitedWithCode(143), "");
}

TEST(StopSignals, LeaveTheHandlersAsTheyWere) {
  struct sigaction before {
  }, after{};
  ::sigaction(SIGTERM, nullptr, &before);
  { StopRequest const stop(std::nullopt); }
  ::sigaction(SIGTERM, nullptr, &after);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
}

}  // namespace
}  // namespace dsgd
