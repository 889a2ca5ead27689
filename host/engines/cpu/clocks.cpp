#include "engines/cpu/clocks.hpp"

#include <algorithm>
#include <bit>
#include <utility>
#include <variant>

namespace dsgd {
namespace {

/// Workers beyond which their keys leave the processor's caches.
constexpr std::uint64_t max_clock_workers = 1024;

/// Delays in keys stay below it; four times that is waiting_key.
constexpr std::uint64_t max_delay_key = std::uint64_t{1} << 58;

/// Keys are brought back to where they began when arrivals reach it.
constexpr std::uint64_t far_key = std::uint64_t{1} << 60;

constexpr std::uint32_t max_counted_staleness = 4096;

int worker_bits(std::uint64_t workers) { return static_cast<int>(std::bit_width(workers - 1)); }

}  // namespace

ClockKernels const& clock_kernels(CpuKernels const& kernels) {
#ifdef __x86_64__
  for (ClockKernels const* clocks : {&clock_kernels_avx2, &clock_kernels_avx512})
    if (clocks->ticks->words == &kernels) return *clocks;
#endif
  return clock_kernels_portable;
}

bool CpuClocks::serves(Observable const& observable) {
  if (observable.workers > max_clock_workers) return false;
  std::uint64_t const longest =
      observable.origin_ticks + to_ticks(longest_excess(observable.law), observable.quantum_exponent);
  ClockPlan const& plan = observable.plan;
  auto const& clocks = std::get<Clocks>(observable.runtime);
  bool const jobs_fit = (plan.warm_up + plan.updates) <= 0x7fffffff / (clocks.gradients + 1);
  return jobs_fit && longest < max_delay_key >> worker_bits(observable.workers);
}

void CpuClocks::operator()(Stream stream, Observable const& observable, IterationRange replications,
                           Summary& summary) {
  Task const task{stream,
                  observable,
                  std::get<Clocks>(observable.runtime),
                  DelayTicks(*kernels_->ticks, observable),
                  PhiloxPlanner(stream, 0).plan(),
                  summary};
  reserve(observable);
  while (replications.count > 0) {
    std::uint64_t const count = std::min<std::uint64_t>(replications.count, kernels_->lanes);
    run(task, {replications.first, count});
    replications = {replications.first + count, replications.count - count};
  }
  add_stalenesses(task);
}

void CpuClocks::reserve(Observable const& observable) {
  auto const& clocks = std::get<Clocks>(observable.runtime);
  std::size_t const lanes = kernels_->lanes;
  std::size_t const slots = observable.workers * lanes;
  state_ = {};
  state_.workers = static_cast<std::uint32_t>(observable.workers);
  state_.worker_bits = worker_bits(observable.workers);
  state_.gradients = clocks.gradients;
  auto const give = [](auto& buffer, std::size_t size) {
    if (buffer.size() < size) buffer.resize(size);
    return buffer.data();
  };
  state_.keys = give(keys_, slots);
  state_.delays = give(delays_, slots * ClockLanes::jobs_ahead);
  state_.jobs = give(jobs_, slots);
  state_.models = give(models_, slots);
  state_.arrivals = give(arrivals_, lanes);
  state_.updated = give(updated_, lanes);
  state_.waiting = give(waiting_, clocks.rule == Clocks::Rule::workers ? clocks.gradients * lanes : 0);
  state_.requests = give(requests_, 2 * slots + 1);  // one more is written where none is asked for
  state_.durations = give(durations_, max_arrivals_at_once * lanes);
  state_.staleness_limit = max_counted_staleness;
  state_.stalenesses = give(stalenesses_, max_counted_staleness);
  state_.late = give(late_, max_arrivals_at_once * lanes);
  give(origins_, lanes);
  for (auto* const buffer : {&blocks_, &workers_, &replications_}) give(*buffer, requests_at_once);
  for (auto* const buffer : {&words_, &tails_}) give(*buffer, 4 * requests_at_once);
  give(excesses_, 4 * requests_at_once);
  give(ticks_, 4 * requests_at_once);
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

void CpuClocks::start(Task const& task, std::uint32_t active) {
  std::uint32_t const lanes = kernels_->lanes;
  state_.active = active;
  state_.arrived = 0;
  state_.updates = 0;
  std::fill_n(state_.keys, state_.workers * lanes, waiting_key);
  std::fill_n(state_.updated, lanes, first_key >> state_.worker_bits);
  std::fill_n(origins_.begin(), lanes, -uint128{first_key >> state_.worker_bits});
  for (std::uint64_t const block : {0, 1}) {
    for (std::uint32_t worker = 0; worker < state_.workers; ++worker)
      for (std::uint32_t lane = 0; lane < active; ++lane)
        state_.requests[state_.request_count++] = block << 32 | (worker * lanes + lane);
    fulfil_requests(task);
  }
  for (std::uint32_t worker = 0; worker < state_.workers; ++worker)
    for (std::uint32_t lane = 0; lane < active; ++lane) {
      std::size_t const slot = worker * lanes + lane;
      state_.jobs[slot] = 1;
      state_.models[slot] = 0;
      state_.keys[slot] = (first_key | worker) + state_.delays[slot * ClockLanes::jobs_ahead];
    }
}

void CpuClocks::advance(Task const& task, std::uint64_t arrivals, bool measured) {
  while (arrivals > 0) {
    auto const now = static_cast<std::uint32_t>(std::min<std::uint64_t>(arrivals, max_arrivals_at_once));
    kernels_->advance(state_, task.clocks.rule, now, measured);
    arrivals -= now;
    fulfil_requests(task);
    if (measured) add_measured(task);
    for (std::uint32_t lane = 0; lane < state_.active; ++lane)
      if (state_.arrivals[lane] >= far_key) move_origin(lane);
  }
}

void CpuClocks::fulfil_requests(Task const& task) {
  for (std::uint32_t i = 0; i < state_.request_count; i += requests_at_once)
    fulfil(task, {state_.requests + i, std::min(state_.request_count - i, requests_at_once)});
  state_.request_count = 0;
}

void CpuClocks::fulfil(Task const& task, std::span<std::uint64_t const> requests) {
  std::uint32_t const lanes = kernels_->lanes;
  auto const count = static_cast<std::uint32_t>(requests.size());
  std::uint32_t const padded = (count + 7) / 8 * 8;
  for (std::uint32_t r = 0; r < padded; ++r) {
    std::uint64_t const request = requests[std::min(r, count - 1)];
    auto const slot = static_cast<std::uint32_t>(request);
    blocks_[r] = static_cast<std::uint32_t>(request >> 32);
    workers_[r] = slot / lanes;
    replications_[r] = first_ + slot % lanes;
  }
  kernels_->draw_jobs(task.plan, task.stream.id, blocks_.data(), workers_.data(), replications_.data(),
                      padded, words_.data());
  task.delays.excesses({words_.data(), 4 * padded}, excesses_.data(), tails_.data(), [&](std::uint32_t i) {
    std::uint64_t const iteration =
        job_address(replications_[i % padded], 0, 4 * std::uint64_t{blocks_[i % padded]}).iteration;
    return tail_word(task.stream, iteration, words_[i]);
  });
  task.delays.convert({excesses_.data(), 4 * padded}, ticks_.data());
  for (std::uint32_t r = 0; r < count; ++r) {
    std::uint64_t* const delays =
        state_.delays + (requests[r] & 0xffffffff) * ClockLanes::jobs_ahead + blocks_[r] % 2 * 4;
    for (std::uint32_t job = 0; job < 4; ++job)
      delays[job] = (task.observable.origin_ticks + ticks_[job * padded + r]) << state_.worker_bits;
  }
}

/// All clocks of a lane are put back by the same time, which changes no difference of two of them.
void CpuClocks::move_origin(std::uint32_t lane) {
  std::uint32_t const lanes = kernels_->lanes;
  std::uint64_t const ticks = (state_.arrivals[lane] - first_key) >> state_.worker_bits;
  origins_[lane] += ticks;
  state_.updated[lane] -= ticks;  // may wrap around, as the sum of both does again
  for (std::uint32_t worker = 0; worker < state_.workers; ++worker) {
    std::uint64_t& key = state_.keys[worker * lanes + lane];
    if (key < waiting_key) key -= ticks << state_.worker_bits;
  }
}

void CpuClocks::add_measured(Task const& task) {
  std::uint32_t const lanes = kernels_->lanes;
  for (std::uint32_t row = 0; row < state_.duration_rows; ++row)
    std::copy_n(state_.durations + std::size_t{row} * lanes, state_.active,
                state_.durations + std::size_t{row} * state_.active);
  add_durations(*kernels_->ticks, {state_.durations, std::size_t{state_.duration_rows} * state_.active},
                task.observable, task.summary);
  state_.duration_rows = 0;
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
