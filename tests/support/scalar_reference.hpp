/// The definition of a summary, in a dozen lines of scalar code that share nothing with the engines.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

#include "dsgd/engine.hpp"

namespace dsgd::test {

/// Runtimes that wait for the slowest or the fastest worker.
inline Summary scalar_reference(Stream stream, Observable const& observable, IterationRange iterations) {
  Summary summary;
  for (std::uint64_t i = iterations.first; i < iterations.first + iterations.count; ++i) {
    std::uint32_t smallest = std::numeric_limits<std::uint32_t>::max(), largest = 0;
    for (std::uint32_t worker = 0; worker < observable.workers; ++worker) {
      std::uint32_t const word = draw_word(stream, i, worker);
      smallest = std::min(smallest, word);
      largest = std::max(largest, word);
    }
    std::uint32_t const k =
        rank(observable) == observable.workers ? smallest : largest;  // small: a long delay
    std::uint32_t const t = tail_word(stream, i, k);
    float const excess = std::visit([&](auto const& law) { return law.excess(k, t); }, observable.law);
    summary.add(excess, observable.quantum_exponent);
    if (observable.histogram) summary.histogram.add(excess);
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
