#pragma once

#include <optional>
#include <span>
#include <vector>

#include "exact/race/updates.hpp"

namespace dsgd::exact {

/// E[w^2] at some times, where an update comes after stages that are exponential, one after the other, and
/// begins the first stage again: under exponential delays the k-th of m workers is waited for in k stages of
/// the rates m rate, (m - 1) rate, ....
///
/// By uniformisation: a Poisson process of the largest rate ticks, and a stage of rate r ends at a tick with
/// the probability r over the largest one. After j ticks the moments are known by j steps of a recursion, and
/// the number of ticks until time t has a Poisson distribution, so that the expectation is a sum over j. Its
/// terms are no differences of large numbers, as those of the Taylor series of a matrix exponential are, and
/// what is left out is bounded: a tick makes no moment larger than by UpdateOfMoments::largest_growth(), so
/// that terms fall faster than a geometric series from some j on. The sum ends where all that follow are
/// below 1e-17 of it.
/// Source: Jensen, "Markoff chains as an aid in the study of Markoff processes", 1953.
/// @param rates  of the stages, per unit of time, > 0; there is one at least
/// @param times  >= 0
/// @return       one for each time, relative error below 1e-11; nothing where that takes too long
std::optional<std::vector<double>> errors_at(UpdateOfMoments const& update, double start,
                                             std::span<double const> rates, std::span<double const> times);

}  // namespace dsgd::exact
