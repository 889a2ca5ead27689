#include "race/trained_lanes.hpp"

#include <algorithm>
#include <limits>
#include <variant>

#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

constexpr double never_due = std::numeric_limits<double>::infinity();

}  // namespace

TrainedLanes::TrainedLanes(RaceTask const& task, InstructionSet const& set)
    : task_(&task),
      set_(&set),
      directions_(static_cast<std::uint32_t>(task.point.model.curvatures.size())),
      noise_(set, noise_stream(task.jobs.seed)),
      next_time_(race_lanes),
      due_(race_lanes),
      times_(race_lanes),
      models_(std::size_t{directions_} * race_lanes),
      sums_(std::size_t{directions_} * race_lanes),
      normals_(std::size_t{directions_} * 4 * race_lanes),
      staleness_(race_lanes),
      has_reached_(race_lanes) {
  DSGD_EXPECTS(task.point.model.is_common());
}

void TrainedLanes::start(std::uint32_t first, std::uint32_t count, RaceSummary& summary) {
  DSGD_EXPECTS(1 <= count && count <= race_lanes);
  summary_ = &summary;
  active_ = count;
  served_ = 0;
  next_update_ = 0;
  noise_.start(first);
  std::vector<double> const& times = task_->measures.times;
  unfinished_ = times.empty() ? 0 : active_;
  for (std::uint32_t lane = 0; lane < race_lanes; ++lane)
    due_[lane] = lane < active_ && !times.empty() ? times.front() : never_due;
  std::fill(next_time_.begin(), next_time_.end(), 0);
  std::fill(times_.begin(), times_.end(), 0.0);
  std::fill(models_.begin(), models_.end(), task_->point.model.start);
  std::fill(sums_.begin(), sums_.end(), 0.0);
  std::fill(staleness_.begin(), staleness_.end(), 0);
  std::fill(has_reached_.begin(), has_reached_.end(), std::uint8_t{0});
  look_for_target();
}

double TrainedLanes::error(std::uint32_t lane) const {
  double error = 0;
  for (std::uint32_t j = 0; j < directions_; ++j) {
    double const w = models(j)[lane];
    error += task_->point.model.curvatures[j] * 0.5 * (w * w);
  }
  return error;
}

void TrainedLanes::measure_lane(std::uint32_t lane, RaceCheckpoint& at) const {
  std::uint64_t const at_once = updates_at_once(task_->form);
  std::uint64_t const gradients =
      std::holds_alternative<SlowestSum>(task_->form) ? at_once * task_->point.workers() : task_->gradients;
  at.add(to_quanta(error(lane), task_->error_exponent),
         {served_ * at_once, served_ * gradients, staleness_[lane]});
}

bool TrainedLanes::measure() {
  RaceMeasures const& measures = task_->measures;
  bool is_due = false;
  for (std::uint32_t lane = 0; lane < race_lanes; ++lane) is_due |= times_[lane] > due_[lane];
  if (is_due)
    for (std::uint32_t lane = 0; lane < active_; ++lane)
      while (times_[lane] > due_[lane]) {
        measure_lane(lane, summary_->at_times[next_time_[lane]]);
        bool const is_last = ++next_time_[lane] == measures.times.size();
        due_[lane] = is_last ? never_due : measures.times[next_time_[lane]];
        unfinished_ -= is_last;
      }
  std::uint64_t const next = (served_ + 1) * updates_at_once(task_->form);
  for (; next_update_ < measures.updates.size() && measures.updates[next_update_] < next; ++next_update_)
    for (std::uint32_t lane = 0; lane < active_; ++lane)
      measure_lane(lane, summary_->after_updates[next_update_]);
  return unfinished_ > 0 || next_update_ < measures.updates.size();
}

/// Those of the next update. [lanes]
double const* TrainedLanes::normals(std::uint32_t direction) const {
  return normals_.data() + (std::size_t{direction} * 4 + served_ % 4) * race_lanes;
}

/// Draws the noise of four updates, at the first of them.
void TrainedLanes::draw_noise() {
  if (served_ % 4 != 0) return;
  for (std::uint32_t j = 0; j < directions_; ++j) {
    noise_.aim_all(j, static_cast<std::uint32_t>(served_ / 4));
    set_->race->normals(noise_.draw(), 4 * race_lanes, normals_.data() + std::size_t{j} * 4 * race_lanes);
  }
}

void TrainedLanes::update() {
  draw_noise();
  for (std::uint32_t j = 0; j < directions_; ++j)
    set_->race->update(models_.data() + std::size_t{j} * race_lanes, sums(j), task_->average, task_->noise,
                       normals(j));
  finish_update();
}

void TrainedLanes::meet() {
  draw_noise();
  for (std::uint32_t j = 0; j < directions_; ++j) {
    RaceRound const& round = task_->rounds[j];
    set_->race->meet(models_.data() + std::size_t{j} * race_lanes, round.factor, round.offset, round.noise,
                     normals(j));
  }
  finish_update();
}

void TrainedLanes::finish_update() {
  ++served_;
  look_for_target();
}

void TrainedLanes::look_for_target() {
  if (!task_->measures.target) return;
  double const target = *task_->measures.target, last = task_->measures.times.back();
  for (std::uint32_t lane = 0; lane < active_; ++lane) {
    if (has_reached_[lane] != 0 || times_[lane] > last || !(error(lane) <= target)) continue;
    has_reached_[lane] = 1;
    summary_->first_times.add(times_[lane], task_->time_exponent);
  }
}

}  // namespace dsgd
