/// The inner loop of strategies that follow clocks, for any instruction set; see all.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "engines/cpu/loops/all.hpp"
#include "engines/cpu/loops/tables/clocks.hpp"

namespace dsgd::simd {
namespace {

/// Replications lie side by side, in several groups of vectors: while the next arrivals of one group are
/// found, the stores to the keys of another are still under way.
template <class Keys>
struct Group {
  static constexpr std::uint32_t count = 2;
  static constexpr std::uint32_t vectors = 2;
  static constexpr std::uint32_t lanes = vectors * Keys::lanes;
  static constexpr std::uint32_t all_lanes = count * lanes;
};

/// Finds the next arrival in every lane of a group.
template <class Keys>
__attribute__((always_inline)) inline void find_arrivals(ClockLanes const& state, std::uint32_t first_lane) {
  constexpr std::uint32_t vectors = Group<Keys>::vectors, all_lanes = Group<Keys>::all_lanes;
  std::uint64_t const* const keys = state.heads + first_lane;
  std::uint64_t const* const end = keys + std::uint64_t{state.families} * all_lanes;
  typename Keys::Vector even[vectors], odd[vectors];  // two chains of minima, to hide their latency
  for (std::uint32_t v = 0; v < vectors; ++v) {
    even[v] = Keys::load(keys + v * Keys::lanes);
    odd[v] = Keys::load(end - all_lanes + v * Keys::lanes);
  }
  std::uint64_t const* row = keys + all_lanes;
  for (; row + all_lanes < end; row += std::size_t{2} * all_lanes)
    for (std::uint32_t v = 0; v < vectors; ++v) {
      even[v] = Keys::smaller(even[v], Keys::load(row + v * Keys::lanes));
      odd[v] = Keys::smaller(odd[v], Keys::load(row + all_lanes + v * Keys::lanes));
    }
  for (std::uint32_t v = 0; v < vectors; ++v)
    Keys::store(state.arrivals + first_lane + v * Keys::lanes, Keys::smaller(even[v], odd[v]));
}

inline double number_of(std::uint64_t key) {
  double number;
  std::memcpy(&number, &key, sizeof number);
  return number;
}

/// Smallest key of a family, as a double, whose minimum is one instruction.
template <std::uint32_t family>
__attribute__((always_inline)) inline double smallest(std::uint64_t const* keys) {
  double even = number_of(keys[0]), odd = number_of(keys[1]);
  for (std::uint32_t i = 2; i < family; i += 2) {
    double const a = number_of(keys[i]), b = number_of(keys[i + 1]);
    even = a < even ? a : even;
    odd = b < odd ? b : odd;
  }
  return even < odd ? even : odd;
}

/// Slot of a worker in a lane.
template <class Keys, std::uint32_t family>
__attribute__((always_inline)) inline std::uint32_t slot_of(std::uint32_t worker, std::uint32_t lane) {
  return worker / family * family * Group<Keys>::all_lanes + lane * family + worker % family;
}

template <std::uint32_t family>
__attribute__((always_inline)) inline void set_key(ClockLanes const& state, std::uint32_t slot,
                                                   std::uint64_t key) {
  state.keys[slot] = key;
  if constexpr (family > 1) {
    double const head = smallest<family>(state.keys + std::size_t{slot / family} * family);
    std::memcpy(state.heads + slot / family, &head, sizeof head);
  }
}

/// b where `takes_b`, else a. Compilers make a branch of what looks like a choice, and nobody could predict it.
__attribute__((always_inline)) inline std::uint64_t chosen(bool takes_b, std::uint64_t a, std::uint64_t b) {
  return a ^ ((a ^ b) & -std::uint64_t{takes_b});
}

/// Begins a worker's next job.
/// @param request_count  that of the state, wherever it is kept
/// @param from           the time of the beginning and the worker, as a key
/// @tparam may_wait      true where the worker waits unless it `begins`
template <std::uint32_t family, bool may_wait = false>
__attribute__((always_inline)) inline void begin(ClockLanes const& state, std::uint32_t& request_count,
                                                 std::uint32_t slot, std::uint64_t from, std::uint64_t model,
                                                 bool begins = true) {
  std::uint64_t const progress = state.progress[slot];
  auto const job = static_cast<std::uint32_t>(progress);
  bool is_last = job % 4 == 3;  // of a block
  std::uint64_t next = model << 32 | (job + 1);
  std::uint64_t key =
      from + state.delays[std::uint64_t{slot} * ClockLanes::jobs_ahead + job % ClockLanes::jobs_ahead];
  if constexpr (may_wait) {
    is_last = is_last && begins;
    next = chosen(begins, progress, next);
    key = chosen(begins, waiting_key, key);
  }
  state.requests[request_count] = std::uint64_t{job / 4 + 2} << 32 | slot;
  request_count += is_last;  // without a branch: nobody could predict it
  state.progress[slot] = next;
  set_key<family>(state, slot, key);
}

__attribute__((always_inline)) inline void count_staleness(ClockLanes& state, std::uint32_t staleness) {
  if (staleness < state.staleness_limit)
    ++state.stalenesses[staleness];
  else
    state.late[state.late_count++] = staleness;
}

template <std::uint32_t lanes, bool measured>
__attribute__((always_inline)) inline void end_window(ClockLanes& state) {
  std::uint64_t* const durations = state.durations + std::size_t{state.duration_rows} * lanes;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    std::uint64_t const time = state.arrivals[lane] >> state.worker_bits;
    if (measured) durations[lane] = time - state.updated[lane];
    state.updated[lane] = time;
  }
  if (measured) ++state.duration_rows;
}

/// Lets the workers of a lane begin that are held until the slowest has ended a job, as it has now.
/// @param state  its number of requests is not used: the inner loop keeps that in a register
/// @param key    of its arrival
/// @return       the number of requests as it is then
template <class Keys, std::uint32_t family>
__attribute__((noinline)) std::uint32_t catch_up(ClockLanes const& state, std::uint32_t lane,
                                                 std::uint64_t key, std::uint32_t model,
                                                 std::uint32_t request_count) {
  std::uint32_t const least = ++state.least_ended[lane];
  std::size_t const first = std::size_t{lane} * state.workers;
  std::uint32_t slowest = 0;
  for (std::uint32_t worker = 0; worker < state.workers; ++worker)
    slowest += state.ended[first + worker] == least;
  state.slowest[lane] = slowest;
  for (std::uint32_t i = 0; i < state.held_count[lane]; ++i) {
    std::uint32_t const worker = state.held[first + i];
    begin<family>(state, request_count, slot_of<Keys, family>(worker, lane),
                  (key & ~std::uint64_t{state.worker_mask}) | worker, model);
  }
  state.held_count[lane] = 0;
  return request_count;
}

/// Handles an arrival whose worker goes on unless it is too far ahead of the slowest.
template <class Keys, std::uint32_t family>
__attribute__((always_inline)) inline void go_on_within_bound(ClockLanes const& shared, ClockLanes& state,
                                                              std::uint32_t lane, std::uint32_t slot,
                                                              std::uint64_t key, std::uint32_t model) {
  std::uint32_t const worker = static_cast<std::uint32_t>(key) & state.worker_mask;
  std::size_t const first = std::size_t{lane} * state.workers;
  auto const ended = static_cast<std::uint32_t>(state.progress[slot]);
  std::uint32_t const ahead = ended - state.least_ended[lane];
  bool const is_held = ahead > state.staleness;
  state.ended[first + worker] = ended;
  state.held[first + state.held_count[lane]] = worker;
  state.held_count[lane] += is_held;
  begin<family, true>(state, state.request_count, slot, key, model, !is_held);
  state.slowest[lane] -= ahead == 1;
  if (state.slowest[lane] == 0)
    state.request_count = catch_up<Keys, family>(shared, lane, key, model, state.request_count);
}

/// Handles the arrivals that find_arrivals() found in a group.
/// @param shared  what `state` is a copy of
template <class Keys, std::uint32_t family, LaneRule rule, bool measured>
__attribute__((always_inline)) inline void go_on(ClockLanes const& shared, ClockLanes& state,
                                                 std::uint32_t first_lane, bool update) {
  std::uint32_t const group_end = first_lane + Group<Keys>::lanes;
  std::uint32_t const end = state.active < group_end ? state.active : group_end;
  for (std::uint32_t lane = first_lane; lane < end; ++lane) {
    std::uint64_t const key = state.arrivals[lane];
    std::uint32_t const worker = static_cast<std::uint32_t>(key) & state.worker_mask;
    std::uint32_t const slot = slot_of<Keys, family>(worker, lane);
    if (measured)
      count_staleness(state, state.updates - static_cast<std::uint32_t>(state.progress[slot] >> 32));
    switch (rule) {
      case LaneRule::at_once:
        begin<family>(state, state.request_count, slot, key, state.updates + update);
        break;
      case LaneRule::at_update:
        set_key<family>(state, slot, waiting_key);
        state.waiting[state.arrived * Group<Keys>::all_lanes + lane] = worker;
        break;
      case LaneRule::all_at_update:
        if (!update) begin<family>(state, state.request_count, slot, key, state.updates);
        break;
      case LaneRule::all_together:
        set_key<family>(state, slot, waiting_key);
        break;
      case LaneRule::within_bound:
        go_on_within_bound<Keys, family>(shared, state, lane, slot, key, state.updates + update);
        break;
    }
  }
}

/// Lets one worker of every lane begin anew at the update. @param worker_in  worker_in(lane) = that worker
template <class Keys, std::uint32_t family, class WorkerIn>
__attribute__((always_inline)) inline void begin_anew(ClockLanes& state, WorkerIn&& worker_in) {
  for (std::uint32_t lane = 0; lane < state.active; ++lane) {
    std::uint32_t const worker = worker_in(lane);
    begin<family>(state, state.request_count, slot_of<Keys, family>(worker, lane),
                  ((state.arrivals[lane] & ~std::uint64_t{state.worker_mask}) - state.head_start) | worker,
                  state.updates);
  }
}

/// Follows every lane through some arrivals, and through the updates that they bring about.
/// @tparam measured  true in the window that counts, false in the warm-up
template <class Keys, std::uint32_t family, LaneRule rule, bool measured>
void advance_as(ClockLanes& shared, std::uint32_t arrivals) {
  constexpr std::uint32_t lanes = Group<Keys>::all_lanes;
  ClockLanes state = shared;  // a copy stays in registers, whatever is stored to the arrays
  for (std::uint32_t a = 0; a < arrivals; ++a) {
    bool const update = state.arrived + 1 == state.gradients;
    for (std::uint32_t group = 0; group < lanes; group += Group<Keys>::lanes) {
      find_arrivals<Keys>(state, group);
      go_on<Keys, family, rule, measured>(shared, state, group, update);
    }
    ++state.arrived;
    if (!update) continue;
    end_window<lanes, measured>(state);
    state.arrived = 0;
    ++state.updates;
    switch (rule) {
      case LaneRule::at_once:
      case LaneRule::within_bound:
        break;
      case LaneRule::at_update:
        for (std::uint64_t i = 0; i < state.gradients; ++i)
          begin_anew<Keys, family>(state,
                                   [&](std::uint32_t lane) { return state.waiting[i * lanes + lane]; });
        break;
      case LaneRule::all_at_update:
      case LaneRule::all_together:
        for (std::uint32_t worker = 0; worker < state.workers; ++worker)
          begin_anew<Keys, family>(state, [&](std::uint32_t) { return worker; });
        break;
    }
  }
  shared = state;
}

template <class Keys, std::uint32_t family, LaneRule rule>
void advance_by(ClockLanes& state, std::uint32_t arrivals, bool measured) {
  if (measured)
    advance_as<Keys, family, rule, true>(state, arrivals);
  else
    advance_as<Keys, family, rule, false>(state, arrivals);
}

/// Calls the advance_as() whose inner loop is compiled for the rule.
template <class Keys, std::uint32_t family>
void advance_families(ClockLanes& state, LaneRule rule, std::uint32_t arrivals, bool measured) {
  switch (rule) {
    case LaneRule::at_once:
      return advance_by<Keys, family, LaneRule::at_once>(state, arrivals, measured);
    case LaneRule::at_update:
      return advance_by<Keys, family, LaneRule::at_update>(state, arrivals, measured);
    case LaneRule::all_at_update:
      return advance_by<Keys, family, LaneRule::all_at_update>(state, arrivals, measured);
    case LaneRule::all_together:
      return advance_by<Keys, family, LaneRule::all_together>(state, arrivals, measured);
    case LaneRule::within_bound:
      return advance_by<Keys, family, LaneRule::within_bound>(state, arrivals, measured);
  }
}

/// ClockLoops::advance(), for families of one worker or of large_family workers.
template <class Keys>
void advance(ClockLanes& state, LaneRule rule, std::uint32_t arrivals, bool measured) {
  if (state.family == 1)
    advance_families<Keys, 1>(state, rule, arrivals, measured);
  else
    advance_families<Keys, large_family>(state, rule, arrivals, measured);
}

}  // namespace
}  // namespace dsgd::simd
