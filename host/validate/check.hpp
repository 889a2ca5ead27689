/// What `dsgd validate` finds: one line per check.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dsgd/point.hpp"
#include "engines/table.hpp"

namespace dsgd {

struct Check {
  std::string kind;  ///< "known answers", "engines", "exact values", "distributions"
  std::string what;
  bool passed;
  std::string found;  ///< in the terms of the tolerance
  std::string tolerance;
  bool skipped = false;  ///< this machine cannot do it; `found` says why, and `passed` means nothing
};

/// How much is computed. The family of all tests of one kind fails by chance with probability 1e-6.
struct Effort {
  double draws;                        ///< of one check
  std::vector<std::uint64_t> workers;  ///< numbers of workers at which strategies are checked
};

/// Probability that a right program fails some test of a kind.
inline constexpr double family_wise_false_alarms = 1e-6;

/// Published vectors of Philox4x32-10; addresses, logarithms and the notebook's means as another program has
/// them; and the bits that every machine must have.
std::vector<Check> check_known_answers();

/// Every engine against `reference`, bit for bit, on what it serves; those that this machine cannot use are
/// skipped.
std::vector<Check> check_engines(Effort const& effort, EngineOptions const& options);

/// A point and the mean that it should have.
struct Comparison {
  Point point;
  double expected;
};

/// Every strategy under every law whose mean is known and has a standard error.
std::vector<Comparison> exact_means(Effort const& effort);

/// @param false_alarms  probability with which a right mean may fail
Check compare(Comparison const& comparison, Engine& engine, double false_alarms);

/// Every strategy under every law against its exact mean, where one is known.
std::vector<Check> check_exact_values(Effort const& effort, EngineOptions const& options);

/// Points whose distribution is known; their summaries have histograms.
std::vector<Point> exact_distributions(Effort const& effort);

/// @param drawn    what is computed
/// @param claimed  what it is compared with
Check compare_distribution(Point const& drawn, Point const& claimed, Engine& engine, double false_alarms);

/// Distribution of every order statistic against the exact one: Kolmogorov-Smirnov over a histogram's bins.
std::vector<Check> check_distributions(Effort const& effort, EngineOptions const& options);

}  // namespace dsgd
