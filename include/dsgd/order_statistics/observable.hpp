#pragma once

#include <cstdint>

#include "dsgd/law/list.hpp"

namespace dsgd {

/// What an engine has to know of one order statistic that is sampled, beside the number of workers.
struct SampledObservable {
  LawSampler law;
  std::uint64_t rank;          ///< 1 = fastest, the number of workers = slowest
  int quantum_exponent;        ///< ticks are counted in 2^quantum_exponent time units
  bool histogram = false;      ///< true to keep one
  float histogram_origin = 0;  ///< the histogram counts how far runtimes are above it, time units
};

}  // namespace dsgd
