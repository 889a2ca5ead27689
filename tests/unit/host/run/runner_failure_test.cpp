// A device that is lost in the middle of a run: its error ends the run, and what was saved before is right.
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dsgd/error.hpp"
#include "dsgd/sweep.hpp"
#include "engines/definition/reference.hpp"
#include "run/runner.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

/// Computes by the definition; the n-th run breaks off after its first piece of work.
class FailingEngine final : public Engine {
 public:
  explicit FailingEngine(int runs) : runs_left_(runs) {}

  void run(std::span<Work const> work) override {
    if (--runs_left_ > 0) return reference_->run(work);
    reference_->run(work.first(1));
    throw Error(ExitCode::device, "the device is lost: buy another");
  }

  std::string device() const override { return "one that fails"; }

 private:
  std::unique_ptr<Engine> reference_ = make_reference_engine();
  int runs_left_;
};

TEST(Run, SavesNothingOfASliceWhoseEngineFails) {
  Sweep sweep;
  sweep.strategies = {Sync{}, KSync{Share{2}}, LocalSgd{3, 0}};
  sweep.workers = {2, 5, 8};
  sweep.iterations = 60'001;
  std::vector<PlannedPoint> const points = plan_points(expand(sweep));
  std::vector<Summary> const expected = run(points, *make_reference_engine(), {}).summaries;

  for (int const runs : {1, 2, 5, 9}) {
    std::vector<PointWork> saved = whole_work(points);
    auto const save = [&](std::span<std::size_t const> numbers, std::span<PointWork const> work) {
      for (std::size_t const i : numbers) saved[i] = work[i];
    };
    FailingEngine failing(runs);
    RunOptions options{.slice_seconds = 1e-4, .save = save, .save_seconds = 0};
    expect_error(ExitCode::device, "the device is lost", [&] { run(points, failing, options); });
    for (PointWork const& work : saved) EXPECT_EQ(work.summary.iterations, work.done);
    EXPECT_EQ(run(points, saved, *make_reference_engine(), {}).summaries, expected) << runs;
  }
}

}  // namespace
}  // namespace dsgd
