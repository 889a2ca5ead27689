/// The definition of a summary, in a dozen lines of scalar code that share nothing with the engines.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/order_statistics/hazard.hpp"
#include "print_summary.hpp"

namespace dsgd::test {

namespace detail {

inline float excess(Stream stream, std::uint64_t iteration, std::uint32_t word, LawSampler const& sampler) {
  std::uint32_t const t = tail_word(stream, iteration, word);
  return std::visit([&](auto const& law) { return law.excess(word, t); }, sampler);
}

/// The delay of the rank-th fastest worker, which has the rank-th largest word.
inline float order_statistic(Stream stream, std::uint64_t iteration, Observable const& observable,
                             std::vector<std::uint32_t>& words) {
  words.clear();
  for (std::uint32_t worker = 0; worker < observable.workers; ++worker)
    words.push_back(draw_word(stream, iteration, worker));
  auto const wanted = words.end() - static_cast<std::ptrdiff_t>(rank(observable));
  std::nth_element(words.begin(), wanted, words.end());
  return excess(stream, iteration, *wanted, observable.law);
}

inline std::uint64_t slowest_sum(Stream stream, std::uint64_t iteration, Observable const& observable,
                                 std::uint64_t steps) {
  std::uint64_t slowest = 0, draw = 0;
  for (std::uint64_t worker = 0; worker < observable.workers; ++worker) {
    std::uint64_t sum = 0;
    for (std::uint64_t end = draw + steps; draw < end; ++draw)
      sum += to_ticks(excess(stream, iteration, draw_word(stream, iteration, draw), observable.law),
                      observable.quantum_exponent);
    slowest = std::max(slowest, sum);
  }
  return slowest;
}

}  // namespace detail

/// Fleets of equal workers, and no clocks.
inline Summary scalar_reference(Stream stream, Observable const& observable, IterationRange iterations) {
  Summary summary;
  std::vector<std::uint32_t> words;
  for (std::uint64_t i = iterations.first; i < iterations.first + iterations.count; ++i) {
    float time = 0;
    if (auto const* const sum = std::get_if<SlowestSum>(&observable.runtime)) {
      std::uint64_t const ticks = detail::slowest_sum(stream, i, observable, sum->steps);
      time = time_of(ticks, observable.quantum_exponent);
      summary.add_ticks(ticks, time);
    } else {
      if (auto const* const sampled = std::get_if<SampledOrderStatistic>(&observable.runtime)) {
        double const hazard = sampled_hazard(stream.seed, observable.workers, sampled->rank, i);
        time = std::visit([&](auto const& law) { return law.excess_at(hazard); }, observable.law);
      } else {
        time = detail::order_statistic(stream, i, observable, words);
      }
      summary.add(time, observable.quantum_exponent);
    }
    if (observable.histogram) summary.histogram.add(std::max(time - observable.histogram_origin, 0.0f));
  }
  return summary;
}

inline std::vector<Summary> scalar_reference(Batch const& batch, IterationRange iterations) {
  std::vector<Summary> summaries;
  summaries.reserve(batch.observables.size());
  for (Observable const& observable : batch.observables)
    summaries.push_back(scalar_reference(batch.stream, observable, iterations));
  return summaries;
}

/// The slowest and the fastest of `workers` exponential delays.
inline Batch extremes_batch(std::uint64_t seed, std::uint32_t workers, double rate = 2.0) {
  Stream const stream{seed, workers};
  Law const law = Exponential{rate};
  return {stream,
          {observable({law, Sync{}, workers, 1, stream}), observable({law, Fastest{}, workers, 1, stream})}};
}

/// What an engine makes of one batch.
inline std::vector<Summary> run_batch(Engine& engine, Batch const& batch, IterationRange iterations) {
  std::vector<Summary> summaries(batch.observables.size());
  Work const work{&batch, iterations, summaries};
  engine.run({&work, 1});
  return summaries;
}

/// Every number of workers at which the engines must agree, with iterations that make about `draws` draws: an
/// odd count, so that blocks and tiles end ragged.
struct EqualityCase {
  std::uint32_t workers;
  std::uint64_t iterations;
};

inline std::vector<EqualityCase> equality_cases(std::uint64_t draws) {
  std::vector<std::uint32_t> workers;
  for (std::uint32_t m = 1; m <= 67; ++m) workers.push_back(m);
  for (std::uint32_t m : {100u, 1000u, 1024u, 65537u}) workers.push_back(m);
  std::vector<EqualityCase> cases;
  cases.reserve(workers.size());
  for (std::uint32_t m : workers) cases.push_back({m, std::max<std::uint64_t>(3, draws / m | 1)});
  return cases;
}

}  // namespace dsgd::test
