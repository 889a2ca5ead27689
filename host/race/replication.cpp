#include "race/replication.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace dsgd {
namespace {

/// Cost of a job in steps of StopCheck: it takes as long as some hundred instructions.
constexpr std::uint64_t steps_of_a_job = 64;

}  // namespace

// Inline, as g++ puts nothing else of this size in its place, and every job and update asks for them.

inline RacedGroup const& RaceReplication::group_of(std::uint32_t worker) const {
  if (task_.groups.size() == 1) return task_.groups.front();
  return *std::upper_bound(task_.groups.begin(), task_.groups.end(), worker,
                           [](std::uint64_t number, RacedGroup const& group) { return number < group.end; });
}

inline float RaceReplication::drawn_excess(RacedGroup const& own, JobAddress const& address) const {
  std::uint32_t const k = draw_word(task_.jobs, address.iteration, address.index);
  std::uint32_t const t = tail_word(task_.jobs, address.iteration, k);
  return std::visit([&](auto const& law) { return law.excess(k, t); }, own.law);
}

inline float RaceReplication::excess(RacedGroup const& own, std::uint32_t worker, std::uint64_t job) const {
  if (Replay const* const replay = task_.point.fleet.replay().get())
    return replay->excess(worker, (first_step_ + job) % replay->steps());
  return drawn_excess(own, job_address(number_, worker, job));
}

inline double RaceReplication::normal(std::size_t direction) const {
  return normal_of_word(noise_word(task_.jobs.seed, number_, static_cast<std::uint32_t>(direction), served_));
}

RaceReplication::RaceReplication(RaceTask const& task, std::uint64_t number, RaceSummary& summary,
                                 StopCheck& stop)
    : task_(task),
      number_(number),
      summary_(summary),
      stop_(stop),
      workers_(static_cast<std::uint32_t>(task.point.workers())),
      w_(task.directions.size(), task.point.model.start),
      sums_(task.directions.size()) {
  if (task.point.fleet.replay()) first_step_ = draw_first_step();
  look_for_target(0);
}

/// The first measured step, as clocks draw it.
std::uint64_t RaceReplication::draw_first_step() const {
  auto const [iteration, index] = job_address(number_, workers_, std::uint64_t{start_block} * 4);
  std::uint32_t const word = word_block(task_.jobs, iteration, static_cast<std::uint32_t>(index / 4)).word[0];
  return std::uint64_t{word} * task_.point.fleet.replay()->steps() >> 32;
}

double RaceReplication::end_of_job(double begin, std::uint32_t worker, std::uint64_t job) {
  stop_(steps_of_a_job);
  RacedGroup const& own = group_of(worker);
  return begin + task_.scale * (own.origin + static_cast<double>(excess(own, worker, job)));
}

double RaceReplication::end_of_copy(double begin, std::uint32_t worker, std::uint64_t job) {
  stop_(steps_of_a_job);
  std::uint32_t runner = worker;
  if (task_.groups.size() > 1) {  // of equal workers it does not matter who
    auto const [iteration, index] = runner_address(number_, worker, job);
    std::uint64_t const word = draw_word(task_.jobs, iteration, index);
    runner = static_cast<std::uint32_t>(word * (workers_ - 1) >> 32);
    if (runner >= worker) ++runner;
  }
  RacedGroup const& own = group_of(runner);
  float const excess = drawn_excess(own, copy_address(number_, worker, job));
  return begin + task_.scale * (own.origin + static_cast<double>(excess));
}

bool RaceReplication::measure_until(double time) {
  RaceMeasures const& measures = task_.measures;
  while (next_time_ < measures.times.size() && measures.times[next_time_] < time)
    add_to(summary_.at_times[next_time_++]);
  std::uint64_t const next = progress_.updates + updates_at_once(task_.form);
  while (next_update_ < measures.updates.size() && measures.updates[next_update_] < next)
    add_to(summary_.after_updates[next_update_++]);
  return next_time_ < measures.times.size() || next_update_ < measures.updates.size();
}

void RaceReplication::add_to(RaceCheckpoint& checkpoint) const {
  checkpoint.add(to_quanta(task_.point.model.error(w_.data()), task_.error_exponent), progress_);
}

void RaceReplication::look_for_target(double time) {
  if (!task_.measures.target || has_reached_ || time > task_.measures.times.back()) return;
  if (!(task_.point.model.error(w_.data()) <= *task_.measures.target)) return;
  has_reached_ = true;
  summary_.first_times.add(time, task_.time_exponent);
}

void RaceReplication::add_gradient(std::uint32_t worker, double const* model) {
  int const side = Quadratic::side(worker, workers_);
  for (std::size_t j = 0; j < w_.size(); ++j) sums_[j] += task_.directions[j].of(side).of(model[j]);
}

void RaceReplication::update(double time, std::uint64_t gradients, std::uint64_t staleness) {
  double const noise = noise_of_update(task_.point.model.noise, task_.point.learning_rate, gradients);
  for (std::size_t j = 0; j < w_.size(); ++j)
    w_[j] = updated(w_[j], std::exchange(sums_[j], 0.0), average_of(gradients), noise, normal(j));
  finish_update(time, {1, gradients, staleness});
}

void RaceReplication::update_by_all_data(double time) {
  for (std::size_t j = 0; j < w_.size(); ++j) sums_[j] = task_.directions[j].of_all.of(w_[j]);
  update(time, task_.gradients, 0);
}

void RaceReplication::meet(double time, std::uint32_t steps) {
  for (std::size_t j = 0; j < w_.size(); ++j) w_[j] = task_.rounds[j](w_[j], normal(j));
  finish_update(time, {steps, std::uint64_t{steps} * workers_, 0});
}

/// @param entered  into the update
void RaceReplication::finish_update(double time, RaceProgress const& entered) {
  ++served_;
  progress_.updates += entered.updates;
  progress_.gradients += entered.gradients;
  progress_.staleness += entered.staleness;
  look_for_target(time);
}

}  // namespace dsgd
