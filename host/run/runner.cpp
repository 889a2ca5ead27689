#include "run/runner.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "dsgd/engine/block_queue.hpp"
#include "run/stopping_rule.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

/// A slice of work, and whose it is.
struct Slice {
  std::vector<Work> work;
  std::vector<DrawGroup*> groups;  ///< of each piece
  double draws = 0;
};

class Runner {
 public:
  Runner(std::span<PlannedPoint const> points, std::vector<PointWork> work, Engine& engine,
         RunOptions const& options)
      : points_(points), work_(std::move(work)), engine_(engine), options_(options) {
    std::vector<bool> finished(points_.size());
    for (std::size_t i = 0; i < points_.size(); ++i)
      finished[i] = is_finished(points_[i], work_[i], options_.relative_error);
    groups_ = group_by_draws(points_, work_, finished);
    for (DrawGroup& group : groups_) {
      active_.push_back(&group);
      points_left_ += group.points.size();
    }
    draws_left_ = draws_left(groups_);
    draws_ = draws_left_;
  }

  ~Runner() { engine_.stop_when({}); }
  Runner(Runner const&) = delete;
  Runner& operator=(Runner const&) = delete;
  Runner(Runner&&) = delete;
  Runner& operator=(Runner&&) = delete;

  RunResult run() {
    double slice_draws = 0x1p18;  // about a millisecond; then as the engine's speed allows
    double saved = 0, save_takes = 0;
    bool stopped = options_.stop();
    while (!active_.empty() && !stopped) {
      Slice slice = next_slice(slice_draws);
      double const before = elapsed();
      if (!run_slice(slice)) {
        gave_up_ = true;
        break;
      }
      double const after = elapsed();
      settle(slice);
      report();
      stopped = options_.stop();
      // Seldom enough to cost less than 2 %, also on slow disks.
      if (options_.save && after - saved >= std::max(options_.save_seconds, 50 * save_takes)) {
        save();
        saved = elapsed();
        save_takes = saved - after;
      }
      double const speed = slice.draws / std::max(after - before, 1e-9);
      // What was not met before may be much slower than what was.
      double const seconds = next_is_new() ? options_.slice_seconds / 10 : options_.slice_seconds;
      slice_draws = std::clamp(speed * seconds, 1.0, 4 * slice_draws);
    }
    write_back();
    if (options_.save) save();
    return result();
  }

 private:
  double elapsed() const { return options_.now() - start_; }

  /// Where a group has to be looked at again: its end, or where its points may be precise enough. Points that
  /// share draws are all iterated or all follow clocks.
  std::uint64_t next_stop(DrawGroup const& group) const {
    if (!options_.relative_error) return group.end;
    return std::min(group.end, next_decision(points_[group.points.front()], group.next));
  }

  /// Has the next slice's work another speed than the last one's, perhaps?
  bool next_is_new() const {
    if (active_.empty() || active_.front() == last_) return false;
    Observable const& next = active_.front()->batch.observables.front();
    return std::pair(next.runtime.index(), next.groups.front().law.index()) != last_kind_;
  }

  /// The fewest units of a group that are worth a slice.
  double least_units(DrawGroup const& group) const {
    bool const follows_clocks = std::holds_alternative<Clocks>(group.batch.observables.front().runtime);
    return follows_clocks ? static_cast<double>(engine_.replications_at_once()) : 1.0;
  }

  /// Work of about `draws` draws: at least as many units as are worth it, of as many groups as it takes.
  Slice next_slice(double draws) {
    Slice slice;
    for (DrawGroup* const group : active_) {
      double const per_unit = draws_per_unit(group->batch);
      if (!slice.work.empty() && draws - slice.draws < per_unit) break;
      double const affordable = std::clamp((draws - slice.draws) / per_unit, least_units(*group), 0x1p50);
      std::uint64_t const count =
          std::min(next_stop(*group) - group->next, static_cast<std::uint64_t>(affordable));
      slice.work.push_back({&group->batch, {group->next, count}, group->summaries});
      slice.groups.push_back(group);
      slice.draws += static_cast<double>(count) * per_unit;
    }
    return slice;
  }

  /// Draws of a unit that takes so long that nobody wants to wait for its end: some tens of milliseconds.
  static constexpr double long_unit = 0x1p20;

  /// @return was it done? Where units take long it may be stopped, and has done nothing then
  bool run_slice(Slice const& slice) {
    bool const is_long = std::ranges::any_of(
        slice.work, [](Work const& piece) { return draws_per_unit(*piece.batch) > long_unit; });
    engine_.stop_when(is_long ? options_.stop : std::function<bool()>{});
    if (!is_long) {
      engine_.run(slice.work);
      return true;
    }
    std::vector<std::vector<Summary>> before;
    for (Work const& piece : slice.work) before.emplace_back(piece.summaries.begin(), piece.summaries.end());
    try {
      engine_.run(slice.work);
    } catch (Stopped const&) {
      for (std::size_t i = 0; i < before.size(); ++i)
        std::ranges::move(before[i], slice.work[i].summaries.begin());
      return false;
    }
    return true;
  }

  /// Takes down what a slice has done, and lets go of what is finished.
  void settle(Slice const& slice) {
    last_ = slice.groups.back();
    Observable const& last = last_->batch.observables.front();  // a group that is finished has none any more
    last_kind_ = {last.runtime.index(), last.groups.front().law.index()};
    bool finished = false;
    for (std::size_t i = 0; i < slice.groups.size(); ++i) {
      DrawGroup& group = *slice.groups[i];
      draws_left_ -= group.draws_left();
      group.next += slice.work[i].iterations.count;
      note_change(group);
      if (options_.relative_error) let_precise_go(group);
      if (group.next == group.end) points_left_ -= group.points.size();
      draws_left_ += group.points.empty() ? 0 : group.draws_left();
      finished |= is_over(group);
    }
    draws_done_ += slice.draws;
    if (finished) std::erase_if(active_, [](DrawGroup const* group) { return is_over(*group); });
    if (active_.empty()) draws_left_ = 0;  // whatever was rounded
  }

  static bool is_over(DrawGroup const& group) { return group.points.empty() || group.next == group.end; }

  void let_precise_go(DrawGroup& group) {
    for (std::size_t i = group.points.size(); i-- > 0;) {
      std::size_t const number = group.points[i];
      if (!is_decision(points_[number], group.next) ||
          !is_precise(points_[number], group.summaries[i], *options_.relative_error))
        continue;
      write_back(group, i);
      group.erase(i);
      --points_left_;
    }
  }

  void note_change(DrawGroup& group) {
    if (!group.changed) changed_.push_back(&group);
    group.changed = true;
  }

  void write_back(DrawGroup const& group, std::size_t observable) {
    std::size_t const number = group.points[observable];
    work_[number].done = group.next - work_[number].units.first;
    work_[number].summary = group.summaries[observable];
    unsaved_.push_back(number);
  }

  void write_back() {
    for (DrawGroup* const group : changed_) {
      for (std::size_t i = 0; i < group->points.size(); ++i) write_back(*group, i);
      group->changed = false;
    }
    changed_.clear();
  }

  void save() {
    write_back();
    if (!unsaved_.empty()) options_.save(unsaved_, work_);
    unsaved_.clear();
  }

  void report() const {
    options_.report(
        {points_.size() - points_left_, points_.size(), draws_done_, draws_done_ + draws_left_, elapsed()});
  }

  RunResult result() {
    bool const all = active_.empty() && !options_.relative_error;  // then they were counted, not added up
    RunResult result{{}, all ? draws_ : draws_done_, elapsed(), active_.empty(), gave_up_};
    if (!result.complete)
      for (std::size_t i = 0; i < work_.size(); ++i)
        result.finished.push_back(is_finished(points_[i], work_[i], options_.relative_error));
    result.summaries.reserve(work_.size());
    for (PointWork& work : work_) result.summaries.push_back(std::move(work.summary));
    return result;
  }

  std::span<PlannedPoint const> points_;
  std::vector<PointWork> work_;
  Engine& engine_;
  RunOptions const& options_;
  double const start_ = options_.now();
  std::vector<DrawGroup> groups_;
  std::vector<DrawGroup*> active_;                      ///< that have work left, in order
  DrawGroup const* last_ = nullptr;                     ///< that was worked on
  std::pair<std::size_t, std::size_t> last_kind_ = {};  ///< its form of runtime and its law
  std::vector<DrawGroup*> changed_;                     ///< since they were last written back
  std::vector<std::size_t> unsaved_;                    ///< points that were
  std::size_t points_left_ = 0;
  bool gave_up_ = false;  ///< the last slice, in the middle
  double draws_ = 0, draws_left_ = 0, draws_done_ = 0;
};

}  // namespace

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

DrawCounts count_draws(std::span<PlannedPoint const> points) {
  return count_draws(points, whole_work(points));
}

DrawCounts count_draws(std::span<PlannedPoint const> points, std::span<PointWork const> work) {
  std::set<std::tuple<std::uint32_t, std::uint64_t, std::size_t, std::string, double>> drawn;
  double separate = 0, runtimes = 0;
  std::vector<bool> finished(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    Point const& point = points[i].point();
    Observable const& seen = points[i].observable();
    std::uint64_t const units = work[i].units.count - work[i].done;
    finished[i] = units == 0;
    double const share = static_cast<double>(units) / static_cast<double>(work_units(points[i]));
    runtimes += share * static_cast<double>(point.iterations);
    double const draws = draws_per_unit(seen) * static_cast<double>(units);
    if (drawn.insert({point.stream.id, point.workers(), seen.runtime.index(), fleet_spec(point), draws})
            .second)
      separate += draws;
  }
  return {draws_left(group_by_draws(points, work, finished)), separate, runtimes};
}

bool is_finished(PlannedPoint const& point, PointWork const& work, std::optional<double> relative_error) {
  if (work.done == work.units.count) return true;
  return relative_error && is_decision(point, work.done) && is_precise(point, work.summary, *relative_error);
}

RunResult run(std::span<PlannedPoint const> points, std::vector<PointWork> work, Engine& engine,
              RunOptions const& options) {
  return Runner(points, std::move(work), engine, options).run();
}

RunResult run(std::span<PlannedPoint const> points, Engine& engine, RunOptions const& options) {
  return run(points, whole_work(points), engine, options);
}

}  // namespace dsgd
