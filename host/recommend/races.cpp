#include "recommend/races.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "dsgd/expects.hpp"
#include "exact/race/point.hpp"
#include "exact/student_t.hpp"
#include "race/estimate.hpp"
#include "race/learning_rate.hpp"
#include "race/limits.hpp"
#include "race/typical_delay.hpp"
#include "recommend/resampling.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr std::uint32_t batches_of_runs = 20;
constexpr int times_to_level = 128;  ///< between which the level is looked for
constexpr std::uint64_t runs_of_rough_look = 100;
constexpr double to_sides = 0.1;  ///< relative, of the times between which an error's slope is taken

constexpr std::uint64_t table_count = 40;                 ///< drawn from measured times
constexpr std::uint64_t runs_of_table = 2000;             ///< so that their noise is small beside the tables'
constexpr std::uint32_t stream_of_raced_rows = 1u << 30;  ///< apart from the streams of points

/// The mean errors of one point at some times.
struct Errors {
  std::vector<double> times, mean;
  std::vector<std::vector<double>> of_batch;  ///< [batch][time]; none where the mean is exact
  std::vector<std::vector<double>> of_table;  ///< [table][time]; none where nothing is measured
};

/// What is found of the time to an error.
struct Look {
  std::optional<RacedValue> value;  ///< nothing where the error is not there
  double last_error;                ///< at the last time that was looked at
};

class Contender {
 public:
  Contender(Point const& point, RaceOptions const& options) : point_(point), options_(options) {}

  /// The error at a time.
  RacedValue at(double time) const {
    require_race(point_, {{time}, {}}, "--goal time");
    RacePoint const raced = with_best_rate({{time}, {}}, options_.replications);
    Errors errors = errors_at(raced, {time}, options_.replications);
    add_tables(errors, raced, options_.replications);
    RacedValue value{raced.learning_rate, errors.mean[0], errors.of_batch.empty(), {}};
    for (std::vector<double> const& of_batch : errors.of_batch)
      value.varied.push_back(of_batch[0] / errors.mean[0] - 1);
    for (std::vector<double> const& of_table : errors.of_table)
      value.of_tables.push_back(std::log(of_table[0] / errors.mean[0]));
    return value;
  }

  /// The time to the error, where it is not after a last one. A rough look says where about it is: the learning
  /// rate is found by times that lie close there.
  Look until(double last) const {
    std::uint64_t const few = std::min(options_.replications, runs_of_rough_look);
    RacePoint const rough = with_best_rate({even_times(last), {}, options_.goal.level}, few);
    Look about = time_to_level(rough, last, few);
    if (!about.value) return about;
    double const near = 1.5 * about.value->value;
    RacePoint const raced =
        with_best_rate({even_times(near), {}, options_.goal.level}, options_.replications);
    return time_to_level(raced, near, options_.replications);
  }

 private:
  static std::vector<double> even_times(double last) {
    std::vector<double> times;
    for (int i = 0; i <= times_to_level; ++i) times.push_back(last * i / times_to_level);
    return times;
  }

  /// @param runs  of training, at most, for each rate that is tried
  RacePoint with_best_rate(RaceMeasures by, std::uint64_t runs) const {
    RacePoint raced{point_.fleet, point_.strategy, options_.model, 1, point_.communication};
    raced.learning_rate =
        best_learning_rate(raced, {std::move(by), options_.seed, true, runs}, options_.engine);
    return raced;
  }

  /// Exact where they are known.
  Errors errors_at(RacePoint const& raced, std::vector<double> times, std::uint64_t runs) const {
    if (std::optional<ExactRace> const exact = exact_race(raced))
      if (auto errors = exact_errors_at(*exact, raced.model, times))
        return {std::move(times), std::move(*errors), {}, {}};
    Errors errors{std::move(times), {}, {}, {}};
    errors.mean.assign(errors.times.size(), 0);
    for (std::uint32_t batch = 1; batch <= batches_of_runs; ++batch) {
      // Draws of their own, not those that the learning rate was chosen for. No user counts in such steps.
      std::uint64_t const seed = options_.seed + batch * 0x9e3779b97f4a7c15;
      RaceTask const task(raced, {errors.times, {}}, seed, true);
      std::uint64_t const of_batch = std::max<std::uint64_t>(1, runs / batches_of_runs);
      errors.of_batch.push_back(mean_errors(task, race(task, of_batch, options_.engine)));
      for (std::size_t i = 0; i < errors.mean.size(); ++i)
        errors.mean[i] += errors.of_batch.back()[i] / batches_of_runs;
    }
    return errors;
  }

  /// The same draws, so that tables differ by their times alone.
  void add_tables(Errors& errors, RacePoint const& raced, std::uint64_t runs) const {
    Fleet const& fleet = raced.fleet;
    if (!fleet.is_measured()) return;
    Stream const stream{options_.seed, stream_of_raced_rows};
    std::uint32_t const block = rows_of(fleet).block;
    for (std::uint64_t table = 0; table < table_count; ++table) {
      RacePoint other = raced;
      other.fleet = fleet.replay()
                        ? replayed(*fleet.replay(), drawn_rows(fleet.replay()->steps(), block, stream, table))
                        : with_drawn_times(fleet, stream, table);
      RaceTask const task(std::move(other), {errors.times, {}}, options_.seed, true);
      std::uint64_t const of_table = std::max(runs / batches_of_runs, std::min(runs, runs_of_table));
      errors.of_table.push_back(mean_errors(task, race(task, of_table, options_.engine)));
    }
  }

  Look time_to_level(RacePoint const& raced, double last, std::uint64_t runs) const {
    double const level = options_.goal.level;
    // Beyond the last time, as slopes are taken on both sides.
    Errors errors = errors_at(raced, even_times(1.25 * last), runs);
    double const last_error = at_time(errors, errors.mean, last);
    if (errors.of_batch.empty()) {
      std::optional<double> const time =
          exact_crossing(exact_race(raced).value(), raced.model, errors.times, level);
      if (!time || *time > last) return {std::nullopt, last_error};
      return {RacedValue{raced.learning_rate, *time, true, {}}, last_error};
    }
    std::optional<double> const time = first_crossing(errors.times, errors.mean, level);
    if (!time || *time > last) return {std::nullopt, last_error};
    RacedValue value{raced.learning_rate, *time, false, {}};
    double const slope = (at_time(errors, errors.mean, (1 + to_sides) * *time) -
                          at_time(errors, errors.mean, (1 - to_sides) * *time)) /
                         (2 * to_sides);  // of the error by the logarithm of time
    for (std::vector<double> const& of_batch : errors.of_batch)
      value.varied.push_back((at_time(errors, of_batch, *time) - level) /
                             std::max(-slope, least_slope * level));
    if (runs == options_.replications) add_tables(errors, raced, runs);
    for (std::vector<double> const& of_table : errors.of_table)
      value.of_tables.push_back((at_time(errors, of_table, *time) - level) /
                                std::max(-slope, least_slope * level));
    return {std::move(value), last_error};
  }

  /// The error between two times.
  static double at_time(Errors const& at, std::vector<double> const& errors, double time) {
    double const place = time / at.times.back() * static_cast<double>(at.times.size() - 1);
    auto const before = std::min(static_cast<std::size_t>(place), at.times.size() - 2);
    double const share = place - static_cast<double>(before);
    return errors[before] + share * (errors[before + 1] - errors[before]);
  }

  /// By the logarithm of time and in shares of the error: of what is flatter, an interval would tell nothing.
  static constexpr double least_slope = 0.01;

  Point const& point_;
  RaceOptions const& options_;
};

/// A candidate on the way to the error.
struct Way {
  std::optional<RacedValue> value = {};
  double least_error = std::numeric_limits<double>::infinity();  ///< so far
  int stalls = 0;  ///< looks in a row at which it was hardly less than at half the time
};

/// True where the error falls no more, whatever the learning rate: where the minima of workers that never enter
/// are elsewhere. A direction of the model whose curvature is 10^-4 of the steepest one still moves then.
/// @param units  of typical delays, that were looked at
bool has_stalled(Way& way, double error, double units) {
  way.stalls = units >= 256 && error > 0.95 * way.least_error ? way.stalls + 1 : 0;
  way.least_error = std::min(way.least_error, error);
  return way.stalls >= 2;
}

/// Looks for the level until a time that doubles, in all points at once: so it is found without looking far beyond
/// it, and those that are far behind the first need not be followed to their end.
std::vector<std::optional<RacedValue>> times_to_error(std::span<Point const> points,
                                                      RaceOptions const& options) {
  std::vector<Way> ways(points.size());
  std::vector<std::size_t> left(points.size());
  std::iota(left.begin(), left.end(), std::size_t{0});
  double const unit = typical_delay(points.front().fleet);
  double first = std::numeric_limits<double>::infinity();
  WorkMeter const& meter = options.engine.meter;
  meter.begin_unlike("candidates", points.size());  // each look takes twice as long as the one before
  for (double units = 1; !left.empty() && units * unit <= most_times_the_best * first; units *= 2)
    std::erase_if(left, [&](std::size_t i) {
      if (units * static_cast<double>(points[i].workers()) > most_jobs_of_run) {
        meter.end_part();
        return true;
      }
      require_race(points[i], {{units * unit}, {}}, "a time of");
      meter.begin_steps("runs of " + shortest(units) + " delays", 0);
      auto [value, error] = Contender(points[i], options).until(units * unit);
      if (value) first = std::min(first, value->value);
      ways[i].value = std::move(value);
      bool const is_over = ways[i].value || has_stalled(ways[i], error, units);
      if (is_over) meter.end_part();
      return is_over;
    });
  std::vector<std::optional<RacedValue>> values;
  values.reserve(ways.size());
  for (Way& way : ways) values.push_back(std::move(way.value));
  return values;
}

}  // namespace

std::vector<std::optional<RacedValue>> raced_values(std::span<Point const> points,
                                                    RaceOptions const& options) {
  DSGD_EXPECTS(!points.empty() && is_raced(options.goal) && options.replications >= 1);
  if (options.goal.kind == Goal::Kind::error) return times_to_error(points, options);
  std::vector<std::optional<RacedValue>> values;
  options.engine.meter.begin("candidates", points.size());
  for (Point const& point : points) {
    options.engine.meter.begin_steps("runs of training", 0);
    values.emplace_back(Contender(point, options).at(options.goal.level));
    options.engine.meter.end_part();
  }
  return values;
}

std::pair<double, double> uncertainty_of_runs(RacedValue const& a, RacedValue const& b) {
  if (a.is_exact && b.is_exact) return {0, 0};
  std::vector<double> differences(batches_of_runs);
  double mean = 0;
  for (std::size_t i = 0; i < batches_of_runs; ++i) {
    differences[i] = (a.is_exact ? 0 : a.varied[i]) - (b.is_exact ? 0 : b.varied[i]);
    mean += differences[i] / batches_of_runs;
  }
  double squares = 0;
  for (double const difference : differences) squares += (difference - mean) * (difference - mean);
  double const half =
      student_t_95(batches_of_runs - 1) * std::sqrt(squares / (batches_of_runs - 1) / batches_of_runs);
  return {-half, half};
}

MeasuredRows rows_of(Fleet const& fleet) {
  if (!fleet.replay()) return {measured_rows(fleet), 1};
  Replay const& replay = *fleet.replay();
  return {measured_rows(fleet), block_length(replay.runtimes(OrderStatistic{replay.workers()}))};
}

double uncertainty_of_tables(RacedValue const& a, RacedValue const& b, MeasuredRows const& rows) {
  if (a.of_tables.empty()) return 0;
  auto const count = static_cast<double>(a.of_tables.size());
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < a.of_tables.size(); ++i) mean += (a.of_tables[i] - b.of_tables[i]) / count;
  for (std::size_t i = 0; i < a.of_tables.size(); ++i) {
    double const difference = a.of_tables[i] - b.of_tables[i] - mean;
    squares += difference * difference;
  }
  // As a sample's deviation is divided by n, and few tables or few rows tell it roughly.
  std::uint64_t const n = std::max<std::uint64_t>(2, rows.rows / rows.block);
  double const wider = std::sqrt(static_cast<double>(n) / static_cast<double>(n - 1));
  return student_t_95(std::min<std::uint64_t>(n, table_count) - 1) * wider * std::sqrt(squares / (count - 1));
}

}  // namespace dsgd
