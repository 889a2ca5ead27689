#include "engines/cpu/clocks.hpp"

#include <algorithm>
#include <bit>
#include <utility>
#include <variant>

#include "dsgd/clock/plan.hpp"
#include "dsgd/expects.hpp"
#include "engines/cpu/lane_rule.hpp"
#include "engines/definition/clock_starts.hpp"

namespace dsgd {
namespace {

/// Largest number of workers whose state stays in the processor's caches.
constexpr std::uint64_t max_clock_workers = 4096;

/// Largest number of workers of which each is a family of its own.
constexpr std::uint64_t max_small_fleet = 96;

/// All delays in keys are below this, a sixteenth of waiting_key.
constexpr std::uint64_t max_delay_key = std::uint64_t{1} << 58;

/// Keys are moved back to where they began when an arrival reaches this, a quarter of waiting_key.
constexpr std::uint64_t far_key = std::uint64_t{1} << 60;

/// Cost of an arrival in steps of StopCheck: it takes as long as some ten instructions.
constexpr std::uint64_t steps_of_an_arrival = 16;

/// Stalenesses below this are counted in an array, the others one by one.
constexpr std::uint32_t max_counted_staleness = 4096;

/// The longest delay of an equal worker, ticks.
std::uint64_t longest_ticks(Observable const& observable) {
  float const excess = longest_excess(observable.law());
  if (observable.stragglers)
    return slow_ticks(observable.groups.front(), excess, observable.stragglers->factor,
                      observable.quantum_exponent);
  return observable.origin_ticks() + to_ticks(excess, observable.quantum_exponent);
}

int worker_bits(std::uint64_t workers) { return static_cast<int>(std::bit_width(workers - 1)); }

}  // namespace

bool CpuClocks::serves(Observable const& observable) {
  if (observable.workers() > max_clock_workers || !observable.has_equal_workers()) return false;
  if (observable.replay) return false;  // its jobs are no draws
  ClockPlan const& plan = observable.plan;
  auto const& clocks = std::get<Clocks>(observable.runtime);
  if (clocks.served) return false;  // a line has no bound
  bool const jobs_fit = (plan.warm_up + plan.updates) <= 0x7fffffff / (clocks.gradients + 1);
  return jobs_fit && longest_ticks(observable) < max_delay_key >> worker_bits(observable.workers());
}

void CpuClocks::operator()(Stream stream, Observable const& observable, IterationRange replications,
                           Summary& summary) {
  DSGD_EXPECTS(std::holds_alternative<Clocks>(observable.runtime) && serves(observable));
  auto const& clocks = std::get<Clocks>(observable.runtime);
  Task const task{stream,
                  observable,
                  clocks,
                  lane_rule(clocks.rule),
                  DelayTicks(*set_, observable),
                  plan_philox(stream, 0),
                  summary};
  reserve(observable);
  while (replications.count > 0) {
    std::uint64_t const count = std::min<std::uint64_t>(replications.count, set_->clocks.lanes);
    run(task, {replications.first, count});
    replications = {replications.first + count, replications.count - count};
  }
  add_stalenesses(task);
}

void CpuClocks::reserve(Observable const& observable) {
  auto const& clocks = std::get<Clocks>(observable.runtime);
  std::size_t const lanes = set_->clocks.lanes;
  state_ = {};
  state_.workers = static_cast<std::uint32_t>(observable.workers());
  state_.family = state_.workers <= max_small_fleet ? 1 : large_family;
  state_.families = (state_.workers + state_.family - 1) / state_.family;
  state_.worker_bits = worker_bits(observable.workers());
  state_.worker_mask = (1u << state_.worker_bits) - 1;
  state_.head_start = head_start_ticks(observable) << state_.worker_bits;
  if (auto const* const bounded = std::get_if<clock_rule::BoundedStaleness>(&clocks.rule))
    state_.staleness = bounded->staleness;
  std::size_t const slots = std::size_t{state_.families} * state_.family * lanes;
  state_.gradients = clocks.gradients;
  auto const give = [](auto& buffer, std::size_t size) {
    if (buffer.size() < size) buffer.resize(size);
    return buffer.data();
  };
  state_.keys = give(keys_, slots);
  state_.heads = state_.family == 1 ? state_.keys : give(heads_, state_.families * lanes);
  state_.delays = give(delays_, slots * ClockLanes::jobs_ahead);
  state_.progress = give(progress_, slots);
  state_.arrivals = give(arrivals_, lanes);
  state_.updated = give(updated_, lanes);
  state_.waiting = give(waiting_, keeps_waiting(lane_rule(clocks.rule)) ? clocks.gradients * lanes : 0);
  state_.least_ended = give(least_ended_, lanes);
  state_.slowest = give(slowest_, lanes);
  std::size_t const watched = lane_rule(clocks.rule) == LaneRule::within_bound ? state_.workers * lanes : 0;
  state_.ended = give(ended_, watched);
  state_.held = give(held_, watched);
  state_.held_count = give(held_count_, lanes);
  if (observable.stragglers) give(is_slow_, slots);
  state_.requests = give(requests_, 2 * slots + 1);  // begin() also writes behind the last request
  state_.durations = give(durations_, durations_at_once * lanes);
  state_.staleness_limit = max_counted_staleness;
  state_.stalenesses = give(stalenesses_, max_counted_staleness);
  state_.late = give(late_, max_arrivals_at_once * lanes);
  give(origins_, lanes);
  for (auto* const buffer : {&blocks_, &workers_, &replications_}) give(*buffer, requests_at_once);
  constexpr std::size_t words = 4 * std::size_t{requests_at_once};
  give(words_, words);
  give(tails_, words + max_granule);
  give(excesses_, words);
  give(ticks_, words);
}

void CpuClocks::run(Task const& task, IterationRange replications) {
  first_ = static_cast<std::uint32_t>(replications.first);
  start(task, static_cast<std::uint32_t>(replications.count));
  ClockPlan const& plan = task.observable.plan;
  advance(task, plan.warm_up * task.clocks.gradients, false);
  std::vector<uint128> starts(state_.active);
  for (std::uint32_t lane = 0; lane < state_.active; ++lane)
    starts[lane] = origins_[lane] + state_.updated[lane];
  advance(task, plan.updates * task.clocks.gradients, true);
  ClockSummary& summary = task.summary.clocks;
  for (std::uint32_t lane = 0; lane < state_.active; ++lane) {
    WideUnsigned<2> const window = widen<2>(origins_[lane] + state_.updated[lane] - starts[lane]);
    summary.squared_windows += multiply(window, window);
  }
  summary.replications += state_.active;
  summary.gradients += plan.updates * task.clocks.gradients * state_.active;
}

std::uint32_t CpuClocks::slot_of(std::uint32_t worker, std::uint32_t lane) const {
  std::uint32_t const family = state_.family;
  return worker / family * family * set_->clocks.lanes + lane * family + worker % family;
}

void CpuClocks::start(Task const& task, std::uint32_t active) {
  std::uint32_t const lanes = set_->clocks.lanes;
  state_.active = active;
  state_.arrived = 0;
  state_.updates = 0;
  std::fill_n(state_.keys, state_.families * state_.family * lanes, waiting_key);
  std::fill_n(state_.least_ended, lanes, 0);
  std::fill_n(state_.slowest, lanes, state_.workers);
  if (task.rule == LaneRule::within_bound) std::fill_n(state_.ended, state_.workers * lanes, 0);
  std::fill_n(state_.held_count, lanes, 0);
  std::fill_n(state_.updated, lanes, first_key >> state_.worker_bits);
  std::fill_n(origins_.begin(), lanes, -uint128{first_key >> state_.worker_bits});
  for (std::uint64_t const block : {0u, 1u}) {
    for (std::uint32_t worker = 0; worker < state_.workers; ++worker)
      for (std::uint32_t lane = 0; lane < active; ++lane)
        state_.requests[state_.request_count++] = block << 32 | slot_of(worker, lane);
    fulfil_requests(task);
  }
  for (std::uint32_t worker = 0; worker < state_.workers; ++worker)
    for (std::uint32_t lane = 0; lane < active; ++lane) {
      std::size_t const slot = slot_of(worker, lane);
      state_.progress[slot] = 1;
      state_.keys[slot] =
          (first_key | worker) - state_.head_start + state_.delays[slot * ClockLanes::jobs_ahead];
    }
  if (task.observable.plan.under_way) start_under_way(task);
  find_heads();
}

void CpuClocks::start_under_way(Task const& task) {
  first_arrivals_.resize(state_.workers);
  for (std::uint32_t lane = 0; lane < state_.active; ++lane) {
    find_first_arrivals(task.stream, first_ + lane, task.observable, first_arrivals_);
    for (std::uint32_t worker = 0; worker < state_.workers; ++worker)
      state_.keys[slot_of(worker, lane)] =
          (first_key | worker) + (first_arrivals_[worker] << state_.worker_bits);
  }
}

void CpuClocks::find_heads() {
  if (state_.family == 1) return;
  for (std::uint32_t head = 0; head < state_.families * set_->clocks.lanes; ++head) {
    std::uint64_t const* const keys = state_.keys + std::size_t{head} * state_.family;
    state_.heads[head] = *std::min_element(keys, keys + state_.family);
  }
}

void CpuClocks::advance(Task const& task, std::uint64_t arrivals, bool measured) {
  while (arrivals > 0) {
    auto const now = static_cast<std::uint32_t>(std::min<std::uint64_t>(arrivals, max_arrivals_at_once));
    set_->clocks.advance(state_, task.rule, now, measured);
    stop_(std::uint64_t{now} * state_.active * steps_of_an_arrival);
    arrivals -= now;
    fulfil_requests(task);
    add_late(task);
    if (state_.duration_rows > durations_at_once - max_arrivals_at_once) add_durations_of(task);
    for (std::uint32_t lane = 0; lane < state_.active; ++lane)
      if (state_.arrivals[lane] >= far_key) move_origin(lane);
  }
  add_durations_of(task);
}

/// Moves all clocks of a lane back by the same time, which changes no difference between two of them.
void CpuClocks::move_origin(std::uint32_t lane) {
  std::uint64_t const ticks = (state_.arrivals[lane] - first_key) >> state_.worker_bits;
  origins_[lane] += ticks;
  state_.updated[lane] -= ticks;  // may wrap around, as the sum of both does again
  for (std::uint32_t worker = 0; worker < state_.workers; ++worker) {
    std::uint64_t& key = state_.keys[slot_of(worker, lane)];
    if (key < waiting_key) key -= ticks << state_.worker_bits;
  }
  find_heads();
}

void CpuClocks::add_durations_of(Task const& task) {
  std::uint32_t const lanes = set_->clocks.lanes;
  if (state_.active < lanes)
    for (std::uint32_t row = 0; row < state_.duration_rows; ++row)
      std::copy_n(state_.durations + std::size_t{row} * lanes, state_.active,
                  state_.durations + std::size_t{row} * state_.active);
  add_durations(*set_, {state_.durations, std::size_t{state_.duration_rows} * state_.active}, task.observable,
                task.summary);
  state_.duration_rows = 0;
}

void CpuClocks::add_late(Task const& task) {
  for (std::uint32_t i = 0; i < state_.late_count; ++i) {
    task.summary.clocks.staleness += state_.late[i];
    task.summary.clocks.stalenesses.add(static_cast<float>(state_.late[i]));
  }
  state_.late_count = 0;
}

void CpuClocks::add_stalenesses(Task const& task) {
  ClockSummary& summary = task.summary.clocks;
  for (std::uint32_t staleness = 0; staleness < max_counted_staleness; ++staleness) {
    std::uint64_t const count = std::exchange(state_.stalenesses[staleness], 0);
    if (count == 0) continue;
    summary.staleness += uint128{staleness} * count;
    summary.stalenesses.add_to_bin(Histogram::bin_of(static_cast<float>(staleness)), count);
  }
}

}  // namespace dsgd
