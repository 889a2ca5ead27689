#include "recommend/drawn_means.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "engines/choose.hpp"
#include "run/runner.hpp"
#include "statistics/estimate.hpp"

namespace dsgd {

namespace {

std::uint64_t iterations_of(Point const& point, DrawOptions const& options) {
  Runtime const form = runtime(point);
  auto const* const clocks = std::get_if<Clocks>(&form);
  if (clocks == nullptr) return options.iterations;
  std::uint64_t const fewest = 64;
  return std::max(fewest, std::min(options.updates, options.arrivals / clocks->gradients));
}

}  // namespace

std::vector<double> drawn_means(std::vector<Point> points, DrawOptions const& options) {
  if (points.empty()) return {};
  for (Point& point : points) {
    point.iterations = iterations_of(point, options);
    point.stream.seed = options.seed;
    if (is_order_statistic(point)) point.sampling = Sampling::order_statistics;
  }
  std::vector<PlannedPoint> const planned = plan_points(std::move(points));
  ChosenEngine const chosen = make_engine("cpu", {count_draws(planned), planned}, {options.threads});
  RunOptions running;
  if (options.stop) running.stop = options.stop;
  RunResult const result = run(planned, *chosen.engine, running);
  if (!result.complete) throw stopped_error();
  std::vector<double> means;
  for (std::size_t i = 0; i < planned.size(); ++i)
    means.push_back(sample_mean(planned[i], result.summaries[i]));
  return means;
}

}  // namespace dsgd
