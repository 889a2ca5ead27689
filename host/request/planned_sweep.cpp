#include "request/planned_sweep.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"
#include "request/communication.hpp"
#include "request/left_out.hpp"
#include "request/point_checks.hpp"
#include "request/tables.hpp"

namespace dsgd {
namespace {

/// The points that no check refuses.
class PassedPoints {
 public:
  /// @param all  points of the sweep
  explicit PassedPoints(std::size_t all)
      : all_(all), refused_(checks_of_points().size() + checks_of_plans().size()) {}

  void add(Point&& point) {
    if (!pass(point, checks_of_points(), 0)) return;
    PlannedPoint planned(std::move(point));
    if (pass(planned, checks_of_plans(), checks_of_points().size())) passed_.push_back(std::move(planned));
  }

  /// @throws Error what the first check said, where no point has passed
  std::vector<PlannedPoint> take() {
    if (passed_.empty()) throw *first_error_;
    return std::move(passed_);
  }

  /// Why points have not passed: a line for each check that refused some.
  std::vector<std::string> left_out() const {
    std::vector<std::string> lines;
    for (Refused const& refused : refused_)
      if (refused.points != 0)
        lines.push_back(std::to_string(refused.points) + " of " + std::to_string(all_) + " points left out" +
                        (refused.points == 1 ? ": " : ", the first: ") + refused.why);
    return lines;
  }

 private:
  struct Refused {
    std::size_t points = 0;
    std::string why;  ///< what was said of the first
  };

  /// @param first  number of the first of these checks among all
  template <class Checked>
  bool pass(Checked const& point, std::span<PointCheck<Checked> const> checks, std::size_t first) {
    for (std::size_t i = 0; i < checks.size(); ++i) {
      if (checks[i].passes(point)) continue;
      Refused& refused = refused_[first + i];
      if (refused.points++ != 0) return false;
      Error const error = checks[i].refusal(point);
      refused.why = error.what();
      if (!first_error_) first_error_ = error;
      return false;
    }
    return true;
  }

  std::size_t all_;
  std::vector<PlannedPoint> passed_;
  std::vector<Refused> refused_;  ///< by each check
  std::optional<Error> first_error_;
};

/// Drawing every worker with 32 bits and shared tails costs the largest fleets some exactness: says so where
/// one is drawn; else empty.
std::string bias_of_ties(std::vector<PlannedPoint> const& points) {
  bool any = false, can_be_sampled = false;
  for (PlannedPoint const& planned : points) {
    Point const& point = planned.point();
    if (point.sampling != Sampling::workers || point.drawn().workers() <= 1u << 20) continue;
    any = true;
    can_be_sampled = can_be_sampled || is_order_statistic(point);
  }
  if (!any) return {};
  return std::string(
             "with more than 1048576 workers, a mean is biased by up to a third of its standard error at "
             "10^12 iterations (workers share tail words)") +
         (can_be_sampled ? ": order statistics have no such bias with --sampling order-statistics" : "");
}

}  // namespace

PlannedSweep plan_sweep(SweepRequest request) {
  Sweep const& sweep = request.sweep;
  DSGD_EXPECTS(!sweep.fleets.empty() && !sweep.strategies.empty() && !sweep.workers.empty());
  DSGD_EXPECTS(request.quantiles.empty() || sweep.quantiles);
  if (sweep.sampling == Sampling::order_statistics && sweep.draws == Draws::common)
    throw Error(ExitCode::usage, "--draws common cannot be combined with --sampling order-statistics",
                "which draws for each number of workers", "leave one out");
  std::vector<Point> points = expand(sweep);
  if (points.empty()) throw no_point_remains(sweep);
  PassedPoints passed(sweep.fleets.size() * sweep.strategies.size() * sweep.workers.size());
  for (Point& point : points) passed.add(std::move(point));
  std::vector<PlannedPoint> planned = passed.take();
  std::vector<std::string> warnings{points_left_out(sweep)};
  for (std::string& left_out : passed.left_out()) warnings.push_back(std::move(left_out));
  warnings.push_back(communication_not_added(sweep));
  warnings.push_back(bias_of_ties(planned));
  for (std::string& warning : table_warnings(sweep, planned)) warnings.push_back(std::move(warning));
  std::erase(warnings, std::string());
  return {std::move(request), std::move(planned), std::move(warnings)};
}

}  // namespace dsgd
