#include "recommend/other_tables.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "dsgd/error.hpp"
#include "exact/exact_fleet.hpp"
#include "recommend/drawn_means.hpp"
#include "recommend/replayed_clocks.hpp"
#include "recommend/resampling.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t iterations_of_table = 1000;  ///< with each table, where exact means are slow
constexpr std::uint64_t arrivals_of_row = 20;  ///< of workers on clocks, so that their draws weigh little
constexpr std::uint64_t most_arrivals = 100'000;
constexpr std::uint32_t row_stream = 1u << 30;  ///< apart from the streams of points

double mean_of_rows(std::vector<double> const& series, std::vector<std::uint32_t> const& rows) {
  double sum = 0;
  for (std::uint32_t const row : rows) sum += series[row];
  return sum / static_cast<double>(rows.size());
}

/// Gradients of a fleet's workers per time, where each goes on at once.
double arrivals_per_time(Fleet const& fleet) {
  ExactFleet const exact(fleet);
  double rate = 0;
  for (exact::Group const& group : exact.groups())
    rate += static_cast<double>(group.count) / exact::mean(group.law);
  return rate;
}

/// The same workers' law, or fleet of the same size, for as many workers as the point has.
Fleet sized_for(Point const& point, Fleet const& drawn) {
  return drawn.equal() ? Fleet(drawn.law(), point.workers()) : drawn;
}

Error no_time_passes() {
  return {ExitCode::usage, "in some tables of times that are drawn from those measured, updates take no time",
          "a ratio to them has no interval",
          "leave out times of 0, as with where= or skip=, or measure more"};
}

/// Arrivals that make an update, where their rate is that of the workers' mean times alone; else 0.
std::uint64_t arrivals_of_update(Point const& point) {
  if (point.server || point.stragglers) return 0;
  Runtime const form = runtime(point);
  auto const* const clocks = std::get_if<Clocks>(&form);
  bool const counts = clocks != nullptr && std::holds_alternative<clock_rule::Arrivals>(clocks->rule);
  return counts ? clocks->gradients : 0;
}

}  // namespace

OtherTables::OtherTables(std::span<PlannedPoint const> points, Options options)
    : options_(std::move(options)), fleet_(points.front().point().fleet) {
  for (PlannedPoint const& planned : points) {
    parts_.push_back(part_of(planned.point()));
    needs_rate_ = needs_rate_ || parts_.back().arrivals != 0;
    needs_draws_ = needs_draws_ || parts_.back().is_drawn();
    has_weights_ = has_weights_ || parts_.back().weight;
  }
  block_ = longest_block();
}

OtherTables::Part OtherTables::part_of(Point const& point) const {
  Part part{&point};
  if (options_.weight && std::holds_alternative<Deadlined>(runtime_of_workers(point)))
    part.weight = options_.weight(point);
  part.arrivals = arrivals_of_update(point);
  if (point.step) {
    part.series = point.fleet.replay()->runtimes(runtime_of_workers(point));
    part.scale = scale_of_runtime(point, runtime(point));
  }
  return part;
}

double OtherTables::change_of_weight(Part const& part, Fleet const& other) const {
  Point with_other = *part.point;
  with_other.fleet = sized_for(with_other, other);
  return options_.weight(with_other) / *part.weight;
}

/// A round of local SGD takes several steps in a row, and rounds overlap.
std::uint32_t OtherTables::longest_block() const {
  if (!fleet_.replay()) return 1;
  Replay const& replay = *fleet_.replay();
  std::uint32_t longest = block_length(replay.runtimes(OrderStatistic{replay.workers()}));
  for (Part const& part : parts_)
    if (!part.series.empty())
      longest = std::max({longest, block_length(part.series), steps_in_mean(*part.point)});
  return std::min(longest, replay.steps());
}

double OtherTables::mean_of(Part const& part, std::vector<std::uint32_t> const& rows, double rate) const {
  if (part.arrivals != 0)
    return static_cast<double>(part.arrivals) / (rate * static_cast<double>(part.point->workers()));
  return part.scale.offset + part.scale.scale * mean_of_rows(part.series, rows);
}

std::vector<double> OtherTables::log_means(std::uint64_t replicate) const {
  Stream const stream{options_.seed, row_stream};
  std::vector<std::uint32_t> rows;
  if (fleet_.replay()) rows = drawn_rows(fleet_.replay()->steps(), block_, stream, replicate);
  std::optional<Fleet> other;
  if (needs_rate_ || needs_draws_ || has_weights_)
    other = fleet_.replay() ? replayed(*fleet_.replay(), rows) : with_drawn_times(fleet_, stream, replicate);
  double const rate = needs_rate_ ? arrivals_per_time(*other) / static_cast<double>(other->workers()) : 0;
  std::vector<double> const by_draws = needs_draws_ ? drawn(*other) : std::vector<double>();
  std::vector<double> means;
  auto next = by_draws.begin();
  for (Part const& part : parts_) {
    double const mean = part.is_drawn() ? *next++ : mean_of(part, rows, rate);
    if (!(mean > 0)) throw no_time_passes();
    means.push_back(std::log(part.weight ? mean * change_of_weight(part, *other) : mean));
  }
  return means;
}

/// The same words, so that tables differ by their times alone.
std::vector<double> OtherTables::drawn(Fleet const& fleet) const {
  std::vector<Point> points;
  for (Part const& part : parts_)
    if (part.is_drawn()) points.emplace_back(*part.point).fleet = sized_for(*part.point, fleet);
  if (!fleet_.replay()) {
    std::uint64_t const arrivals = std::min(most_arrivals, arrivals_of_row * measured_rows(fleet_));
    DrawOptions const options{iterations_of_table, arrivals, arrivals, options_.seed, 1, options_.stop};
    return drawn_means(std::move(points), options);
  }
  std::vector<double> means;
  for (Point const& point : points) {
    if (options_.stop && options_.stop()) throw stopped_error();
    means.push_back(mean_of_passes(point, options_.seed));
  }
  return means;
}

}  // namespace dsgd
