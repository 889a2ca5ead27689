#include "sweep/run_sweep.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "output/format.hpp"
#include "support/expect_error.hpp"
#include "sweep/merge.hpp"

namespace dsgd {
namespace {

/// The sweep of tests/cli/golden/small.*, which `dsgd sweep` writes.
SweepRequest small_request() {
  SweepRequest request;
  request.sweep.workers = {1, 2, 3, 4, 20, 1000};
  request.sweep.strategies = {Sync{}, Async{}, Fastest{}};
  request.sweep.iterations = 1000;
  return request;
}

class RunSweep : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "dsgd-sweep-test-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(char const* name) const { return (folder_ / name).string(); }

  SweepSettings with_store(char const* name) const {
    SweepSettings settings;
    settings.store = path(name);
    return settings;
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(RunSweep, GivesWhatTheCommandWrites) {
  std::ostringstream golden;
  golden << std::ifstream(std::string(DSGD_GOLDEN) + "/small.csv").rdbuf();
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Document const document = run_sweep(small_request());
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_TRUE(document.complete);
  EXPECT_EQ(csv_text(document), golden.str());
}

TEST_F(RunSweep, TellsItsCallerWhatUsersShouldKnow) {
  SweepRequest request;
  request.sweep.workers = {2};
  request.sweep.fleets = {SweptFleet(Law{Pareto{1, 0.9}})};
  request.sweep.strategies = {Sync{}, KSync{Share{3}}};
  std::vector<std::string> warnings;
  SweepSettings settings;
  settings.warn = [&](std::string const& line) { warnings.push_back(line); };
  Document const document = run_sweep(request, settings);
  EXPECT_EQ(warnings,
            (std::vector<std::string>{"1 of 2 points left out: k of k-sync is in [1, m]",
                                      "1 of 1 points have no mean: it is infinite; --quantiles are finite"}));
}

TEST_F(RunSweep, StopsWhenItIsToldAndGoesOnWithItsStore) {
  SweepRequest request = small_request();
  request.sweep.workers = {1, 20};
  request.sweep.iterations = 1'000'000;  // of which two slices do about a twentieth
  SweepSettings settings = with_store("s.db");
  settings.stop = [] { return true; };
  Document const stopped = run_sweep(request, settings);
  EXPECT_FALSE(stopped.complete);
  EXPECT_EQ(stopped.missing, 6u);
  int asked = 0;
  settings.stop = [&] { return ++asked > 2; };
  EXPECT_FALSE(run_sweep(request, settings).complete);
  EXPECT_EQ(csv_text(run_sweep(request, with_store("s.db"))), csv_text(run_sweep(request)));
}

TEST_F(RunSweep, TellsHowAStoreGrows) {
  SweepRequest request = small_request();
  request.sweep.workers = {1};
  run_sweep(request, with_store("s.db"));
  std::vector<std::string> lines;
  SweepSettings settings = with_store("s.db");
  settings.inform = [&](std::string const& line) { lines.push_back(line); };
  run_sweep(request, settings);
  EXPECT_TRUE(lines.empty());
  request.sweep.workers = {1, 2};
  run_sweep(request, settings);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find("grows, and is of this sweep from now on: -m 1,2 -n 1000"), std::string::npos)
      << lines[0];
}

TEST_F(RunSweep, LeavesAStoreOfAnotherSweepAloneUnlessOnPurpose) {
  SweepRequest request = small_request();
  request.sweep.workers = {1};
  run_sweep(request, with_store("s.db"));
  request.sweep.workers = {2};
  expect_error(ExitCode::damaged, "--workers is 2, the store's is 1",
               [&] { run_sweep(request, with_store("s.db")); });
  SweepSettings settings = with_store("s.db");
  settings.joining = Joining::on_purpose;
  EXPECT_EQ(csv_text(run_sweep(request, settings)), csv_text(run_sweep(request)));
}

TEST_F(RunSweep, OfShardsIsJoinedToTheWhole) {
  SweepRequest const whole = small_request();
  std::vector<Store> stores;
  for (std::uint64_t number = 1; number <= 2; ++number) {
    SweepRequest part = whole;
    part.shard = {number, 2};
    SweepOutcome outcome = run_sweep(plan_sweep(part), with_store(number == 1 ? "1.db" : "2.db"));
    EXPECT_TRUE(outcome.run.complete);
    EXPECT_FALSE(outcome.document.complete);
    EXPECT_EQ(outcome.document.shard, shard_text(part.shard));
    stores.push_back(std::move(outcome.store).value());
  }
  EXPECT_EQ(csv_text(merged_document(merge(stores), 2, {})), csv_text(run_sweep(whole)));
}

TEST_F(RunSweep, RefusesAnEngineThatIsNone) {
  SweepSettings settings;
  settings.engine = "gpu";
  expect_error(ExitCode::usage, "unknown", [&] { run_sweep(small_request(), settings); });
}

}  // namespace
}  // namespace dsgd
