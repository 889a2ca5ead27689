/// The inner loop of strategies that follow clocks, for any instruction set; see kernels_of.hpp.
#pragma once

#include <cstdint>

#include "engines/cpu/clocks_kernels.hpp"
#include "engines/cpu/kernels_of.hpp"

namespace dsgd::simd {
namespace {

/// Replications side by side, in several groups of vectors: while the next arrivals of one group are found,
/// the stores to the keys of another are still under way.
template <class Keys>
struct Group {
  static constexpr std::uint32_t count = 2;
  static constexpr std::uint32_t vectors = 2;
  static constexpr std::uint32_t lanes = vectors * Keys::lanes;
  static constexpr std::uint32_t all_lanes = count * lanes;
};

/// The next arrivals of a group.
template <class Keys>
__attribute__((always_inline)) inline void find_arrivals(ClockLanes const& state, std::uint32_t first_lane) {
  constexpr std::uint32_t vectors = Group<Keys>::vectors, all_lanes = Group<Keys>::all_lanes;
  std::uint64_t const* const keys = state.keys + first_lane;
  std::uint64_t const* const end = keys + std::uint64_t{state.workers} * all_lanes;
  typename Keys::Vector even[vectors], odd[vectors];  // two chains of minima, to hide their latency
  for (std::uint32_t v = 0; v < vectors; ++v) {
    even[v] = Keys::load(keys + v * Keys::lanes);
    odd[v] = Keys::load(end - all_lanes + v * Keys::lanes);
  }
  std::uint64_t const* row = keys + all_lanes;
  for (; row + all_lanes < end; row += 2 * all_lanes)
    for (std::uint32_t v = 0; v < vectors; ++v) {
      even[v] = Keys::smaller(even[v], Keys::load(row + v * Keys::lanes));
      odd[v] = Keys::smaller(odd[v], Keys::load(row + all_lanes + v * Keys::lanes));
    }
  for (std::uint32_t v = 0; v < vectors; ++v)
    Keys::store(state.arrivals + first_lane + v * Keys::lanes, Keys::smaller(even[v], odd[v]));
}

/// A worker's next job begins.
/// @param from  its time and worker as a key
__attribute__((always_inline)) inline void begin(ClockLanes& state, std::uint32_t slot, std::uint64_t from,
                                                 std::uint64_t model) {
  auto const job = static_cast<std::uint32_t>(state.progress[slot]);
  state.requests[state.request_count] = std::uint64_t{job / 4 + 2} << 32 | slot;
  state.request_count += job % 4 == 3;  // without a branch: nobody could predict it
  state.progress[slot] = model << 32 | (job + 1);
  state.keys[slot] =
      from + state.delays[std::uint64_t{slot} * ClockLanes::jobs_ahead + job % ClockLanes::jobs_ahead];
}

__attribute__((always_inline)) inline void count_staleness(ClockLanes& state, std::uint32_t staleness) {
  if (staleness < state.staleness_limit)
    ++state.stalenesses[staleness];
  else
    state.late[state.late_count++] = staleness;
}

template <std::uint32_t lanes, bool measured>
__attribute__((always_inline)) inline void end_window(ClockLanes& state) {
  std::uint64_t* const durations = state.durations + state.duration_rows * lanes;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    std::uint64_t const time = state.arrivals[lane] >> state.worker_bits;
    if (measured) durations[lane] = time - state.updated[lane];
    state.updated[lane] = time;
  }
  if (measured) ++state.duration_rows;
}

/// The arrivals of a group have come.
template <class Keys, Clocks::Rule rule, bool measured>
__attribute__((always_inline)) inline void go_on(ClockLanes& state, std::uint32_t first_lane, bool update) {
  constexpr std::uint32_t lanes = Group<Keys>::all_lanes;
  std::uint64_t const worker_mask = (std::uint64_t{1} << state.worker_bits) - 1;
  std::uint32_t const group_end = first_lane + Group<Keys>::lanes;
  std::uint32_t const end = state.active < group_end ? state.active : group_end;
  for (std::uint32_t lane = first_lane; lane < end; ++lane) {
    std::uint64_t const key = state.arrivals[lane];
    std::uint32_t const slot = static_cast<std::uint32_t>(key & worker_mask) * lanes + lane;
    if (measured)
      count_staleness(state, state.updates - static_cast<std::uint32_t>(state.progress[slot] >> 32));
    if (rule == Clocks::Rule::workers) {
      state.keys[slot] = waiting_key;
      state.waiting[state.arrived * lanes + lane] = slot;
    } else if (rule == Clocks::Rule::arrivals || !update) {
      begin(state, slot, key, state.updates + update);
    }
  }
}

template <class Keys, Clocks::Rule rule, bool measured>
void advance_as(ClockLanes& shared, std::uint32_t arrivals) {
  constexpr std::uint32_t lanes = Group<Keys>::all_lanes;
  ClockLanes state = shared;  // in registers, whatever is stored to the arrays
  std::uint64_t const worker_mask = (std::uint64_t{1} << state.worker_bits) - 1;
  for (std::uint32_t a = 0; a < arrivals; ++a) {
    bool const update = state.arrived + 1 == state.gradients;
    for (std::uint32_t group = 0; group < lanes; group += Group<Keys>::lanes) {
      find_arrivals<Keys>(state, group);
      go_on<Keys, rule, measured>(state, group, update);
    }
    ++state.arrived;
    if (!update) continue;
    end_window<lanes, measured>(state);
    state.arrived = 0;
    ++state.updates;
    if (rule == Clocks::Rule::workers)
      for (std::uint64_t i = 0; i < state.gradients; ++i)
        for (std::uint32_t lane = 0; lane < state.active; ++lane) {
          std::uint32_t const slot = state.waiting[i * lanes + lane];
          begin(state, slot, (state.arrivals[lane] & ~worker_mask) | slot / lanes, state.updates);
        }
    if (rule == Clocks::Rule::restart)
      for (std::uint32_t worker = 0; worker < state.workers; ++worker)
        for (std::uint32_t lane = 0; lane < state.active; ++lane)
          begin(state, worker * lanes + lane, (state.arrivals[lane] & ~worker_mask) | worker, state.updates);
  }
  shared = state;
}

template <class Keys>
void advance(ClockLanes& state, Clocks::Rule rule, std::uint32_t arrivals, bool measured) {
  using Rule = Clocks::Rule;
  constexpr void (*functions[3][2])(ClockLanes&, std::uint32_t) = {
      {advance_as<Keys, Rule::arrivals, false>, advance_as<Keys, Rule::arrivals, true>},
      {advance_as<Keys, Rule::workers, false>, advance_as<Keys, Rule::workers, true>},
      {advance_as<Keys, Rule::restart, false>, advance_as<Keys, Rule::restart, true>}};
  functions[static_cast<int>(rule)][measured](state, arrivals);
}

/// All ten rounds: nothing but the key and the stream is common to the jobs of different workers.
template <class Simd>
void draw_jobs(PhiloxPlan const& plan, std::uint32_t stream, std::uint32_t const* blocks,
               std::uint32_t const* workers, std::uint32_t const* replications, std::uint32_t count,
               std::uint32_t* words) {
  using Words = typename Simd::Words;
  Words const m0 = Simd::repeat64(0xD2511F53u);
  Words const m1 = Simd::repeat64(0xCD9E8D57u);
  Words const stream_product = Simd::multiply(Simd::repeat(stream), m0);  // round 1: they share the stream
  for (std::uint32_t i = 0; i < count; i += Simd::lanes) {
    Words q = Simd::multiply(Simd::load(blocks + i), m1);
    Words c0 = Simd::exclusive_or(Simd::upper_half(q), Simd::load(workers + i), Simd::repeat(plan.key0[0]));
    Words c2 = Simd::exclusive_or(Simd::load(replications + i), Simd::repeat(plan.iteration_mask));
    Words c1 = q;
    Words c3 = stream_product;
    for (int round = 1; round < 10; ++round) {
      Words const p = Simd::multiply(c0, m0);
      q = Simd::multiply(c2, m1);
      c0 = Simd::exclusive_or(Simd::upper_half(q), c1, Simd::repeat(plan.key0[round]));
      c2 = Simd::exclusive_or(Simd::upper_half(p), c3, Simd::repeat(plan.key1[round]));
      c1 = q;
      c3 = p;
    }
    Simd::store(words + i, c0);
    Simd::store(words + count + i, c1);
    Simd::store(words + 2 * count + i, c2);
    Simd::store(words + 3 * count + i, c3);
  }
}

template <class Simd, class Keys>
constexpr ClockKernels clock_kernels_of(TickKernels const& ticks) {
  return {&ticks, Group<Keys>::all_lanes, advance<Keys>, draw_jobs<Simd>};
}

}  // namespace
}  // namespace dsgd::simd
