#pragma once

#include <cstdint>

#include "dsgd/law/list.hpp"

namespace dsgd {

/// What is wanted of the sampled order statistics of some number of workers.
struct SampledObservable {
  LawSampler law;
  std::uint64_t rank;          ///< 1 = fastest, the number of workers = slowest
  int quantum_exponent;        ///< ticks are counted in 2^quantum_exponent time units
  bool histogram = false;      ///< keep one
  float histogram_origin = 0;  ///< of runtimes less it
};

}  // namespace dsgd
