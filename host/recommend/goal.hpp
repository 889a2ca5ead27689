/// What a strategy is chosen for.
#pragma once

#include <cstdint>
#include <string>

namespace dsgd {

/// Gradients per time, the workers' time per gradient, or the time to a given progress where gradients have a
/// noise scale of B mini-batches: the updates that it takes are as 1 + B / N, N mini-batches in each.
/// Source: McCandlish et al., "An Empirical Model of Large-Batch Training", 2018, arXiv 1812.06162.
/// Or, of a model that is trained: the time until its mean error is at a level, or its mean error at a time.
struct Goal {
  enum class Kind { throughput, cost, noise_scale, error, time } kind = Kind::throughput;
  double noise_scale = 0;  ///< B, mini-batches, in [1e-9, 1e15]; 0 for other goals
  double level = 0;        ///< the error, or the time in time units, in [1e-30, 1e30]; 0 for other goals
};

/// True where candidates train a model.
bool is_raced(Goal const& goal);

/// What an update takes, for `workers` workers of which `gradients` mini-batches enter it on average.
struct UpdateSize {
  std::uint64_t workers;  ///< >= 1
  double gradients;       ///< >= 1
};

/// What the mean time of an update is multiplied with, so that the least product is the best for the goal.
/// @pre !is_raced(goal)
double weight(Goal const& goal, UpdateSize const& size);

/// What users read: gradients per time, which is best where largest, or time of a given progress, least.
/// @param mean  of an update, time units, > 0
/// @pre !is_raced(goal)
double value(Goal const& goal, UpdateSize const& size, double mean);

/// throughput, cost, noise-scale=B, error=E or time=T. @throws Error usage
Goal parse_goal(std::string const& text);

/// As parse_goal() takes it.
std::string goal_text(Goal const& goal);

/// What the values of candidates are, in a word: the name of a column.
std::string value_name(Goal const& goal);

/// What they are, for people: "gradients per ms". @param unit  of times; empty where it has no name
std::string value_meaning(Goal const& goal, std::string const& unit);

}  // namespace dsgd
