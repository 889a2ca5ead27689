#include "race/lanes_on_clocks.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>
#include <variant>

#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

/// The most workers whose next arrival is looked for one by one: a heap finds it sooner among more.
constexpr std::uint64_t most_workers = 256;

/// The most mini-batches of an update: those that wait for it are kept per lane.
constexpr std::uint64_t most_gradients = 4096;

/// Cost of an arrival in steps of StopCheck.
constexpr std::uint64_t steps_of_an_arrival = 16;

}  // namespace

bool LanesOnClocks::serves(Clocks const& clocks, std::uint64_t workers) {
  return next_job(clocks.rule) && workers <= most_workers && clocks.gradients <= most_gradients;
}

LanesOnClocks::LanesOnClocks(RaceTask const& task, InstructionSet const& set, TrainedLanes& trained,
                             LaneDelays& delays)
    : task_(&task),
      set_(&set),
      trained_(trained),
      delays_(delays),
      clocks_(std::get<Clocks>(task.form)),
      rule_(next_job(clocks_.rule).value()),
      directions_(static_cast<std::uint32_t>(task.directions.size())),
      slots_(static_cast<std::uint32_t>(task.point.workers()) * race_lanes),
      ends_(slots_),
      times_(std::size_t{slots_} * jobs_ahead),
      taken_(std::size_t{slots_} * directions_),
      jobs_(slots_),
      versions_(slots_),
      arrived_(race_lanes),
      waiting_(clocks_.gradients * race_lanes),
      pending_(race_lanes) {
  DSGD_EXPECTS(serves(clocks_, task.point.workers()));
}

void LanesOnClocks::start() {
  requests_.clear();
  for (std::uint32_t const block : {0u, 1u})
    for (std::uint32_t slot = 0; slot < slots_; ++slot)
      requests_.push_back({slot / race_lanes, slot % race_lanes, block});
  fulfil_requests();
  std::fill(jobs_.begin(), jobs_.end(), 0);
  std::fill(pending_.begin(), pending_.end(), 0);
  begin_all();
}

void LanesOnClocks::follow(StopCheck& stop) {
  start();
  // A worker that has begun the last job of a block needs the one after the next only four jobs later. An
  // arrival lets it begin once, and once more where an update begins all anew.
  int const arrivals_at_once = begins_all(rule_) ? 2 : 4;
  std::uint64_t arrivals = 0;  // since the last update
  for (int since_requests = 0;;) {
    std::vector<double>& times = trained_.times();
    set_->race->find_arrivals(ends_.data(), slots_ / race_lanes, times.data(), arrived_.data());
    bool const is_update = ++arrivals == clocks_.gradients;
    deliver();
    if (is_update) {
      for (double& time : times) time += task_->meeting;
      if (!trained_.measure()) return;
      for (std::uint32_t lane = 0; lane < race_lanes; ++lane)
        trained_.add_staleness(lane, std::exchange(pending_[lane], 0));
      trained_.update();
    }
    go_on(is_update, arrivals);
    if (is_update) arrivals = 0;
    stop(race_lanes * steps_of_an_arrival);
    if (++since_requests == arrivals_at_once) {
      fulfil_requests();
      since_requests = 0;
    }
  }
}

/// Adds the gradients of those who have arrived, each of the model that it had taken.
void LanesOnClocks::deliver() {
  for (std::uint32_t lane = 0; lane < race_lanes; ++lane) {
    std::uint32_t const slot = arrived_[lane] * race_lanes + lane;
    for (std::uint32_t j = 0; j < directions_; ++j)
      trained_.sums(j)[lane] += task_->directions[j].of_all.slope * taken_[std::size_t{j} * slots_ + slot];
    pending_[lane] += trained_.served() - versions_[slot];
  }
}

/// Begins the jobs that the rule lets begin after an arrival.
/// @param arrivals  since the last update, with this one
void LanesOnClocks::go_on(bool is_update, std::uint64_t arrivals) {
  if (waits(rule_)) {
    std::uint32_t* const row = waiting_.data() + (arrivals - 1) * race_lanes;
    for (std::uint32_t lane = 0; lane < race_lanes; ++lane) {
      row[lane] = arrived_[lane] * race_lanes + lane;
      ends_[row[lane]] = std::numeric_limits<double>::infinity();
    }
    if (is_update)
      for (std::uint32_t const slot : waiting_) begin(slot);
  } else if (is_update && begins_all(rule_)) {
    begin_all();
  } else {
    for (std::uint32_t lane = 0; lane < race_lanes; ++lane) begin(arrived_[lane] * race_lanes + lane);
  }
}

/// Begins the next job of a worker, with the model as it is, at the time of its lane.
void LanesOnClocks::begin(std::uint32_t slot) {
  std::uint32_t const job = jobs_[slot]++, lane = slot % race_lanes;
  ends_[slot] = trained_.times()[lane] + times_[std::size_t{slot} * jobs_ahead + job % jobs_ahead];
  for (std::uint32_t j = 0; j < directions_; ++j)
    taken_[std::size_t{j} * slots_ + slot] = trained_.models(j)[lane];
  versions_[slot] = static_cast<std::uint32_t>(trained_.served());
  if (job % 4 == 3) requests_.push_back({slot / race_lanes, lane, job / 4 + 2});
}

void LanesOnClocks::begin_all() {
  for (std::uint32_t slot = 0; slot < slots_; ++slot) begin(slot);
}

void LanesOnClocks::fulfil_requests() {
  for (std::size_t i = 0; i < requests_.size(); i += race_lanes) {
    std::span<LaneDelays::Request const> const some(requests_.data() + i,
                                                    std::min<std::size_t>(requests_.size() - i, race_lanes));
    float const* const excesses = delays_.excesses_of(some);
    for (std::size_t r = 0; r < some.size(); ++r) {
      std::size_t const slot = some[r].worker * race_lanes + some[r].lane;
      double* const times = times_.data() + slot * jobs_ahead + std::size_t{some[r].block % 2} * 4;
      for (std::uint32_t job = 0; job < 4; ++job)
        times[job] = delays_.time_of(excesses[std::size_t{job} * race_lanes + r]);
    }
  }
  requests_.clear();
}

}  // namespace dsgd
