/// What `dsgd validate` finds: one line per check.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "engines/table.hpp"

namespace dsgd {

struct Check {
  std::string kind;  ///< "known answers", "engines", "exact values, LAW", "distributions, LAW"
  std::string what;
  bool passed;
  std::string found;  ///< what was found, in the terms of the tolerance
  std::string tolerance;
  bool skipped = false;  ///< true where this machine cannot do it; `found` says why, `passed` means nothing
};

/// How much is computed. The family of all tests of one kind fails by chance with probability 1e-6.
struct Effort {
  double draws;                        ///< draws of one check
  std::vector<std::uint64_t> workers;  ///< numbers of workers at which strategies are checked
};

/// Probability that a right program fails some test of a kind.
inline constexpr double family_wise_false_alarms = 1e-6;

/// Checks published vectors of Philox4x32-10; addresses, logarithms and the notebook's means, which another
/// program computed; and the bits that every machine must have.
std::vector<Check> check_known_answers();

/// Compares every engine with `reference`, bit for bit, on what it serves. Engines that this machine cannot
/// use are skipped.
std::vector<Check> check_engines(Effort const& effort, EngineOptions const& options);

/// A point and the mean that it should have.
struct Comparison {
  PlannedPoint point;
  double expected;
};

/// Points of every strategy under every law whose mean is known and has a standard error.
std::vector<Comparison> exact_means(Effort const& effort);

/// Compares the mean that an engine finds with the one that a point should have.
/// @param false_alarms  probability with which a right mean may fail
Check compare(Comparison const& comparison, Engine& engine, double false_alarms);

/// Compares every strategy under every law with its exact mean, where one is known.
std::vector<Check> check_exact_values(Effort const& effort, EngineOptions const& options);

/// Points whose distribution is known; their summaries have histograms.
std::vector<PlannedPoint> exact_distributions(Effort const& effort);

/// Compares the distribution of drawn runtimes with an exact one.
/// @param drawn    point that is computed
/// @param claimed  point whose exact distribution it is compared with
Check compare_distribution(PlannedPoint const& drawn, Point const& claimed, Engine& engine,
                           double false_alarms);

/// Compares the distribution of every order statistic with the exact one, by Kolmogorov-Smirnov over a
/// histogram's bins.
std::vector<Check> check_distributions(Effort const& effort, EngineOptions const& options);

}  // namespace dsgd
