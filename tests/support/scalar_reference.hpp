/// What fast engines are compared with: the definition of every runtime, and batches for both.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "engines/definition/scalar.hpp"
#include "print_summary.hpp"

namespace dsgd::test {

/// What the definition makes of a batch.
inline std::vector<Summary> scalar_reference(Batch const& batch, IterationRange units) {
  std::vector<Summary> summaries(batch.observables.size());
  for (std::size_t i = 0; i < summaries.size(); ++i)
    for (std::uint64_t n = 0; n < units.count; ++n)
      add_unit(batch.stream, units.first + n, batch.observables[i], summaries[i]);
  return summaries;
}

/// The slowest and the fastest of `workers` exponential delays.
inline Batch extremes_batch(std::uint64_t seed, std::uint32_t workers, double rate = 2.0) {
  Stream const stream{seed, workers};
  Law const law = Exponential{rate};
  return {
      stream,
      {observable({{law, workers}, Sync{}, 1, stream}), observable({{law, workers}, Fastest{}, 1, stream})}};
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
