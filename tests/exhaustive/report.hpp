/// Prints what was measured, and holds it against what the project promises.
#pragma once

#include <string>

#include "measure.hpp"

namespace dsgd::test {

inline constexpr double promised_bias = 1.0;  ///< % of the standard error at 10^12 iterations
/// log2 of the number of workers up to which it is promised; beyond, the program warns. So many workers'
/// extreme words lie among those with tails, but with probability e^-64.
inline constexpr std::size_t promised_workers = 18;

/// Bias of the means that are estimated, in per cent of their standard error at 10^12 iterations.
struct RelativeBias {
  Bias rounding;      ///< of the float arithmetic; sampled where there are tails, noise about 0.02
  Bias shared_tails;  ///< of workers with the same word, which share its tail word
  Bias total() const {
    Bias sum = rounding;
    return sum += shared_tails;
  }
};

/// @param bias   of a complete measurement, or of the part whose contribution is wanted
/// @param scale  mean delay
RelativeBias relative_bias(Bias const& bias, double scale);

void print(std::string const& what, Findings const& findings);
void print(RelativeBias const& bias);

/// GoogleTest expectations for every number of workers up to the promised. @param bias  of all words
void expect_promised(RelativeBias const& bias);

}  // namespace dsgd::test
