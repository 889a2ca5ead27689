/// Distances between values and a law.
#pragma once

#include "fit/model.hpp"
#include "fit/sample.hpp"

namespace dsgd::fit {

struct Distances {
  double kolmogorov_smirnov;  ///< largest difference of the distribution functions, in [0, 1]
  double anderson_darling;    ///< A squared: differences weigh more where few values are, at both ends
};

/// Probabilities nearer to 0 or 1 than 1 / n^2 count as 1 / n^2: a law whose lower end is fitted gives its
/// smallest value the probability 0, and A squared would be infinite.
Distances distances(Sample const& sample, FittedTails const& law);

}  // namespace dsgd::fit
