#pragma once

#include <functional>

namespace dsgd {

/// Finds the learning rate with the smallest loss, to three significant digits: on a grid of factors of
/// sqrt(2) first, then by golden section around the best one there. Rates from 2^-14 of the largest on are
/// looked at.
/// @param largest  rate, > 0
/// @param loss     of a rate, >= 0; may be infinite. It falls and then rises, nearly
double best_rate(double largest, std::function<double(double rate)> const& loss);

}  // namespace dsgd
