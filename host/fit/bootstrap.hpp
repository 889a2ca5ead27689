/// Probabilities of distances, where the law was fitted to the same values.
#pragma once

#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "fit/distances.hpp"
#include "fit/model.hpp"
#include "fit/sample.hpp"
#include "run/parallel.hpp"
#include "run/work_meter.hpp"

namespace dsgd::fit {

struct BootstrapOptions {
  std::uint32_t replicates = 200;
  std::uint64_t seed = 1;
  std::uint32_t stream = 0;  ///< tells models apart, in [0, 2^31)
  unsigned threads = 1;      ///< >= 1; no result depends on it
  Stop stop = {};            ///< asked before each replicate
  WorkMeter meter = {};      ///< counts replicates as steps
};

/// How probable distances at least as large are if the law holds: (1 + number of such replicates) / (1 +
/// replicates).
struct PValues {
  double kolmogorov_smirnov, anderson_darling;
};

/// `count` values of a fitted law, ascending. They are written as the sample is: rounded to its resolution,
/// because rounding, too, adds to the distances.
/// @param iteration  of the draws' addresses
Sample draw_sample(FittedTails const& law, Sample const& like, Stream stream, std::uint64_t iteration);

/// Parametric bootstrap: draws as many values from the fitted law, fits the model to them, and takes the
/// distances. Tables of fixed laws do not hold for fitted ones: at 5 % they reject less than 1 %.
/// @pre replicates >= 1
/// @throws Error stopped
PValues bootstrap(Model const& model, Sample const& sample, Fitted const& fitted,
                  BootstrapOptions const& options);

}  // namespace dsgd::fit
