#include "exact_values/exact_values.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"
#include "exact/gradients.hpp"
#include "exact/point.hpp"
#include "exact/quantile.hpp"
#include "output/provenance.hpp"
#include "request/communication.hpp"
#include "request/left_out.hpp"
#include "request/tables.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// 12 digits of what varies: a time far from 0 that varies little has more.
double rounded(double time, std::optional<double> const& deviation) {
  if (!std::isfinite(time)) return time;
  double const ratio = deviation && *deviation > 0 ? std::abs(time) / *deviation : 1;
  int const more = ratio > 1 ? static_cast<int>(std::ceil(std::log10(ratio))) : 0;
  return round_to_digits(time, std::min(12 + more, 17));
}

/// What is known of the mean, the throughput and the standard deviation, and where one is infinite.
void add_moments(ExactRow& row, Point const& point) {
  std::optional<Moments> const exact = exact_runtime(point);
  double const tail_index = runtime_tail_index(point);
  std::optional<double> deviation;
  if (exact && exact->variance) deviation = std::sqrt(*exact->variance);
  if (tail_index <= 2) deviation = infinite;
  if (exact) row.mean = rounded(exact->mean, deviation);
  if (exact && exact->mean > 0) row.throughput = round_to_12_digits(mean_gradients(point) / exact->mean);
  if (tail_index <= 1) row.mean = infinite, row.throughput = 0;
  if (deviation) row.standard_deviation = rounded(*deviation, std::nullopt);
}

ExactRow row_of(Point const& point, ExactDocument const& document) {
  ExactRow row{fleet_spec(point), canonical_spec(point.strategy), point.fleet.equal(), point.workers(),
               round_to_12_digits(mean_gradients(point))};
  add_moments(row, point);
  bool const has_mean = row.mean && std::isfinite(*row.mean);
  row.quantiles = exact_quantiles(point, document.quantiles);
  for (double& quantile : row.quantiles) quantile = rounded(quantile, row.standard_deviation);
  if (document.updates && has_mean) {
    Estimate known{};
    known.mean = row.mean;
    if (row.standard_deviation && std::isfinite(*row.standard_deviation))
      known.standard_deviation = row.standard_deviation;
    row.updates = time_of_updates(point, known, *document.updates);
  }
  if (document.updates && row.mean && std::isinf(*row.mean)) row.updates = TimeOfUpdates{infinite, infinite};
  return row;
}

std::string some_of(std::size_t count, std::size_t all) {
  return std::to_string(count) + " of " + std::to_string(all) + " points ";
}

/// The names of the strategies of some rows, each once: "k-async and local-sgd".
template <class IsOne>
std::string strategies_of(std::vector<ExactRow> const& rows, IsOne const& is_one) {
  std::vector<std::string> names;
  for (ExactRow const& row : rows) {
    std::string name = row.strategy.substr(0, row.strategy.find(':'));
    if (is_one(row) && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  std::string text = names.front();
  for (std::size_t i = 1; i < names.size(); ++i)
    text.append(i + 1 < names.size() ? ", " : " and ").append(names[i]);
  return text;
}

/// Says how many points have no known mean, or no known quantiles, and where they are; empty for none.
template <class IsOne>
std::string not_known(std::vector<ExactRow> const& rows, std::string const& what, std::string const& why,
                      IsOne const& is_one) {
  auto const count = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), is_one));
  if (count == 0) return {};
  return some_of(count, rows.size()) + "have no known exact " + what + " (" + why + " for these laws under " +
         strategies_of(rows, is_one) + "): 'dsgd sweep' estimates them";
}

/// Says how many runtimes have a tail so heavy that no average settles; empty for none.
std::string infinite_means(std::vector<ExactRow> const& rows) {
  auto const count = std::count_if(rows.begin(), rows.end(),
                                   [](ExactRow const& row) { return row.mean && std::isinf(*row.mean); });
  if (count == 0) return {};
  return some_of(static_cast<std::size_t>(count), rows.size()) +
         "have no mean: it is infinite; --quantiles are finite";
}

/// Where order statistics alone are asked for, the others leave. @return how many have left, for users
std::string leave_order_statistics(std::vector<Point>& points) {
  auto const left = std::erase_if(points, [](Point const& point) { return !is_order_statistic(point); });
  if (left == 0) return {};
  return some_of(left, left + points.size()) +
         "left out: --sampling order-statistics is for order statistics of equal workers alone";
}

/// What passes no server, and who cannot be slow, leave. @return how many have left, for users
std::string leave_without_jobs(std::vector<Point>& points) {
  auto const left = std::erase_if(
      points, [](Point const& point) { return !takes_server(point) || !takes_stragglers(point); });
  if (left == 0) return {};
  return some_of(left, left + points.size()) +
         "left out: --server is for strategies whose workers go on, and --stragglers neither for deadline, "
         "speculate and local-sgd nor for replay";
}

}  // namespace

ExactDocument exact_values(SweepRequest const& request, std::vector<std::string> argv) {
  Sweep const& sweep = request.sweep;
  DSGD_EXPECTS(!sweep.fleets.empty() && !sweep.strategies.empty() && !sweep.workers.empty());
  std::vector<Point> points = expand(sweep);
  if (points.empty()) throw no_point_remains(sweep);
  ExactDocument document{{},
                         sweep.communication,
                         sweep.server,
                         sweep.stragglers,
                         request.quantiles,
                         request.updates,
                         trace_notes(sweep),
                         {},
                         provenance_now(std::move(argv))};
  document.warnings.push_back(points_left_out(sweep));
  if (sweep.sampling == Sampling::order_statistics)
    document.warnings.push_back(leave_order_statistics(points));
  document.warnings.push_back(leave_without_jobs(points));
  if (points.empty() && sweep.sampling == Sampling::workers)
    throw Error(ExitCode::usage, "--server or --stragglers leaves no point",
                "no strategy can be combined with it", "leave it out, or name another --strategy");
  if (points.empty())
    throw Error(ExitCode::usage, "--sampling order-statistics leaves no point",
                "none has the runtime of an order statistic of equal workers", "use --sampling workers");
  document.warnings.push_back(communication_not_added(sweep));
  for (std::string& warning : table_warnings(sweep, points)) document.warnings.push_back(std::move(warning));

  document.rows.reserve(points.size());
  for (Point const& point : points) document.rows.push_back(row_of(point, document));
  std::vector<ExactRow> const& rows = document.rows;
  document.warnings.push_back(not_known(rows, "mean", "there is neither a closed form nor a quadrature",
                                        [](ExactRow const& row) { return !row.mean; }));
  if (!document.quantiles.empty())
    document.warnings.push_back(not_known(rows, "quantiles", "their distribution is not known",
                                          [](ExactRow const& row) { return row.quantiles.empty(); }));
  document.warnings.push_back(infinite_means(rows));
  std::erase(document.warnings, std::string());
  return document;
}

}  // namespace dsgd
