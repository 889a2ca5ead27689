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
__attribute__((always_inline)) inline void set_key(ClockLanes& state, std::uint32_t slot, std::uint64_t key) {
  state.keys[slot] = key;
  if constexpr (family > 1) {
    double const head = smallest<family>(state.keys + std::size_t{slot / family} * family);
    std::memcpy(state.heads + slot / family, &head, sizeof head);
  }
}

/// Begins a worker's next job.
/// @param from  the time of the beginning and the worker, as a key
template <std::uint32_t family>
__attribute__((always_inline)) inline void begin(ClockLanes& state, std::uint32_t slot, std::uint64_t from,
                                                 std::uint64_t model) {
  auto const job = static_cast<std::uint32_t>(state.progress[slot]);
  state.requests[state.request_count] = std::uint64_t{job / 4 + 2} << 32 | slot;
  state.request_count += job % 4 == 3;  // without a branch: nobody could predict it
  state.progress[slot] = model << 32 | (job + 1);
  set_key<family>(
      state, slot,
      from + state.delays[std::uint64_t{slot} * ClockLanes::jobs_ahead + job % ClockLanes::jobs_ahead]);
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

/// Lets the workers of a lane begin that wait for the slowest, of which the last has ended a job.
/// @param key  of its arrival
template <class Keys, std::uint32_t family>
__attribute__((noinline)) void catch_up(ClockLanes& state, std::uint32_t lane, std::uint64_t key,
                                        std::uint32_t model) {
  std::uint32_t const least = ++state.least_ended[lane];
  std::uint32_t slowest = 0;
  for (std::uint32_t worker = 0; worker < state.workers; ++worker) {
    std::uint32_t const slot = slot_of<Keys, family>(worker, lane);
    bool const waits = state.keys[slot] == waiting_key;
    slowest += static_cast<std::uint32_t>(state.progress[slot]) - (waits ? 0 : 1) == least;
    if (waits) begin<family>(state, slot, (key & ~std::uint64_t{state.worker_mask}) | worker, model);
  }
  state.slowest[lane] = slowest;
}

/// Handles the arrivals that find_arrivals() found in a group.
template <class Keys, std::uint32_t family, LaneRule rule, bool measured>
__attribute__((always_inline)) inline void go_on(ClockLanes& state, std::uint32_t first_lane, bool update) {
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
        begin<family>(state, slot, key, state.updates + update);
        break;
      case LaneRule::at_update:
        set_key<family>(state, slot, waiting_key);
        state.waiting[state.arrived * Group<Keys>::all_lanes + lane] = worker;
        break;
      case LaneRule::all_at_update:
        if (!update) begin<family>(state, slot, key, state.updates);
        break;
      case LaneRule::all_together:
        set_key<family>(state, slot, waiting_key);
        break;
      case LaneRule::within_bound: {
        std::uint32_t const model = state.updates + update;
        std::uint32_t const ahead =
            static_cast<std::uint32_t>(state.progress[slot]) - state.least_ended[lane];
        if (ahead > state.staleness)
          set_key<family>(state, slot, waiting_key);
        else
          begin<family>(state, slot, key, model);
        if (ahead == 1 && --state.slowest[lane] == 0) catch_up<Keys, family>(state, lane, key, model);
        break;
      }
    }
  }
}

/// Lets one worker of every lane begin anew at the update. @param worker_in  worker_in(lane) = that worker
template <class Keys, std::uint32_t family, class WorkerIn>
__attribute__((always_inline)) inline void begin_anew(ClockLanes& state, WorkerIn&& worker_in) {
  for (std::uint32_t lane = 0; lane < state.active; ++lane) {
    std::uint32_t const worker = worker_in(lane);
    begin<family>(state, slot_of<Keys, family>(worker, lane),
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
      go_on<Keys, family, rule, measured>(state, group, update);
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

/// a ^ b ^ c, in one instruction where there is one.
template <class Simd, class Words = typename Simd::Words>
Words exclusive_or_three(Words a, Words b, Words c) {
  if constexpr (Simd::three_way)
    return Simd::exclusive_or(a, b, c);
  else
    return Simd::exclusive_or(Simd::exclusive_or(a, b), c);
}

/// Computes all ten rounds: nothing but the key and the stream is common to the jobs of different workers.
template <class Simd>
void draw_jobs(PhiloxPlan const& plan, std::uint32_t stream, std::uint32_t const* blocks,
               std::uint32_t const* workers, std::uint32_t const* replications, std::uint32_t count,
               std::uint32_t* words) {
  using Words = typename Simd::Words;
  Words const m0 = Simd::repeat64(0xD2511F53u);
  Words const m1 = Simd::repeat64(0xCD9E8D57u);
  Words const stream_product = Simd::multiply(Simd::repeat(stream), m0);  // round 1: they share the stream
  for (std::uint32_t i = 0; i < count; i += 2 * Simd::lanes) {
    Words c0[2], c1[2], c2[2], c3[2];
    for (int v = 0; v < 2; ++v) {
      std::uint32_t const at = i + static_cast<std::uint32_t>(v * Simd::lanes);
      c1[v] = Simd::multiply(Simd::load(blocks + at), m1);
      c0[v] = exclusive_or_three<Simd>(Simd::upper_half(c1[v]), Simd::load(workers + at),
                                       Simd::repeat(plan.key0[0]));
      c2[v] = Simd::exclusive_or(Simd::load(replications + at), Simd::repeat(plan.iteration_mask));
      c3[v] = stream_product;
    }
    for (int round = 1; round < 10; ++round)
      for (int v = 0; v < 2; ++v) {
        Words const p = Simd::multiply(c0[v], m0);
        Words const q = Simd::multiply(c2[v], m1);
        c0[v] = exclusive_or_three<Simd>(Simd::upper_half(q), c1[v], Simd::repeat(plan.key0[round]));
        c2[v] = exclusive_or_three<Simd>(Simd::upper_half(p), c3[v], Simd::repeat(plan.key1[round]));
        c1[v] = q;
        c3[v] = p;
      }
    Simd::store_lower_halves(words + i, c0[0], c0[1]);
    Simd::store_lower_halves(words + count + i, c1[0], c1[1]);
    Simd::store_lower_halves(words + std::size_t{2} * count + i, c2[0], c2[1]);
    Simd::store_lower_halves(words + std::size_t{3} * count + i, c3[0], c3[1]);
  }
}

}  // namespace
}  // namespace dsgd::simd
