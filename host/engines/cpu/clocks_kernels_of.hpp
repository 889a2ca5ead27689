/// The inner loop of strategies that follow clocks, for any instruction set; see kernels_of.hpp.
#pragma once

#include <cstdint>

#include "engines/cpu/clocks_kernels.hpp"
#include "engines/cpu/kernels_of.hpp"

namespace dsgd::simd {
namespace {

/// Several vectors of keys, one replication per lane.
template <class Keys>
struct KeyRow {
  static constexpr std::uint32_t vectors = Keys::vectors;
  static constexpr std::uint32_t lanes = vectors * Keys::lanes;
  typename Keys::Vector vector[vectors];

  explicit KeyRow(std::uint64_t const* keys) {
    for (std::uint32_t v = 0; v < vectors; ++v) vector[v] = Keys::load(keys + v * Keys::lanes);
  }
  __attribute__((always_inline)) void lower(std::uint64_t const* keys) {
    for (std::uint32_t v = 0; v < vectors; ++v)
      vector[v] = Keys::smaller(vector[v], Keys::load(keys + v * Keys::lanes));
  }
  void store(std::uint64_t* keys) const {
    for (std::uint32_t v = 0; v < vectors; ++v) Keys::store(keys + v * Keys::lanes, vector[v]);
  }
};

/// The next arrival of every lane. Two chains of minima, to hide their latency.
template <class Keys>
void find_arrivals(ClockLanes const& state) {
  constexpr std::uint32_t lanes = KeyRow<Keys>::lanes;
  std::uint64_t const* const keys = state.keys;
  std::uint64_t const rows = state.workers;
  KeyRow<Keys> even(keys), odd(keys + (rows - 1) * lanes);
  std::uint64_t row = 1;
  for (; row + 2 < rows; row += 2) {
    even.lower(keys + row * lanes);
    odd.lower(keys + (row + 1) * lanes);
  }
  if (row + 1 < rows) even.lower(keys + row * lanes);
  for (std::uint32_t v = 0; v < Keys::vectors; ++v)
    even.vector[v] = Keys::smaller(even.vector[v], odd.vector[v]);
  even.store(state.arrivals);
}

/// A worker's next job begins.
/// @param from  its time and worker as a key
__attribute__((always_inline)) inline void begin(ClockLanes& state, std::uint32_t slot, std::uint64_t from,
                                                 std::uint32_t model) {
  std::uint32_t const job = state.jobs[slot]++;
  state.requests[state.request_count] = std::uint64_t{job / 4 + 2} << 32 | slot;
  state.request_count += job % 4 == 3;  // without a branch: nobody could predict it
  state.models[slot] = model;
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
void end_window(ClockLanes& state) {
  std::uint64_t* const durations = state.durations + state.duration_rows * lanes;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    std::uint64_t const time = state.arrivals[lane] >> state.worker_bits;
    if (measured) durations[lane] = time - state.updated[lane];
    state.updated[lane] = time;
  }
  if (measured) ++state.duration_rows;
}

template <class Keys, Clocks::Rule rule, bool measured>
void advance_as(ClockLanes& shared, std::uint32_t arrivals) {
  constexpr std::uint32_t lanes = KeyRow<Keys>::lanes;
  ClockLanes state = shared;  // in registers, whatever is stored to the arrays
  std::uint64_t const worker_mask = (std::uint64_t{1} << state.worker_bits) - 1;
  for (std::uint32_t a = 0; a < arrivals; ++a) {
    find_arrivals<Keys>(state);
    bool const update = state.arrived + 1 == state.gradients;
    std::uint32_t const model = state.updates + update;
    for (std::uint32_t lane = 0; lane < state.active; ++lane) {
      std::uint64_t const key = state.arrivals[lane];
      std::uint32_t const slot = static_cast<std::uint32_t>(key & worker_mask) * lanes + lane;
      if (measured) count_staleness(state, state.updates - state.models[slot]);
      if (rule == Clocks::Rule::workers) {
        state.keys[slot] = waiting_key;
        state.waiting[state.arrived * lanes + lane] = slot;
      } else if (rule == Clocks::Rule::arrivals || !update) {
        begin(state, slot, key, model);
      }
    }
    ++state.arrived;
    if (!update) continue;
    end_window<lanes, measured>(state);
    state.arrived = 0;
    state.updates = model;
    if (rule == Clocks::Rule::workers)
      for (std::uint64_t i = 0; i < state.gradients; ++i)
        for (std::uint32_t lane = 0; lane < state.active; ++lane) {
          std::uint32_t const slot = state.waiting[i * lanes + lane];
          begin(state, slot, (state.arrivals[lane] & ~worker_mask) | slot / lanes, model);
        }
    if (rule == Clocks::Rule::restart)
      for (std::uint32_t worker = 0; worker < state.workers; ++worker)
        for (std::uint32_t lane = 0; lane < state.active; ++lane)
          begin(state, worker * lanes + lane, (state.arrivals[lane] & ~worker_mask) | worker, model);
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
  return {&ticks, KeyRow<Keys>::lanes, advance<Keys>, draw_jobs<Simd>};
}

}  // namespace
}  // namespace dsgd::simd
