/// Which strategy and how many workers, and how sure that is: the whole answer of `dsgd recommend`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsgd/race/quadratic.hpp"
#include "output/document.hpp"
#include "recommend/goal.hpp"
#include "recommend/means.hpp"
#include "request/request.hpp"
#include "run/parallel.hpp"
#include "run/work_meter.hpp"

namespace dsgd {

struct RecommendRequest {
  /// Its laws, workers, communication, iterations and seed; its strategies where `names_strategies`.
  SweepRequest sweep;
  bool names_strategies = false;  ///< false for default_candidates() of each number of workers
  Goal goal = {};
  Quadratic model = {};  ///< that is trained, where the goal asks for that
  double within = 0.01;  ///< share of the best that candidates may lack to be as good in practice, in [0, 1)
  std::uint32_t replicates = 400;  ///< of tables of measured times, >= 39
  unsigned threads = 1;            ///< >= 1; no result depends on it
  Stop stop = {};
  WorkMeter meter = {};  ///< counts candidates, and the tables or batches that their intervals come from
};

/// A strategy with a number of workers, beside the best one.
struct Candidate {
  std::string strategy;  ///< canonical spec
  std::uint64_t workers;
  double gradients;            ///< mini-batches that enter an update, on average
  std::optional<double> mean;  ///< of an update, time units; absent where a model is trained
  bool is_exact;  ///< true where the mean, or the value where a model is trained, comes from no draws
  double value;   ///< by the goal: value(), or the time to the error, or the error at the time
  std::optional<double> learning_rate = {};  ///< its own best one, where a model is trained
  Ratio
      of_best;  ///< what it has of the best one's progress per time, or per worker's time; the best one's time or
                ///< error in shares of its own; at most 1
  bool is_fresh = true;  ///< true where all gradients of an update are of the model before it
  std::optional<double>
      staleness;         ///< mean updates between a gradient's model and its update; absent where not known
  bool is_near = false;  ///< of_best is at least 1 - within
  bool is_tied = false;  ///< the interval of of_best reaches 1: whether it is worse is not known
  /// Better than sync under a law with an exponential tail, and worse under a gamma law with the same shift and mean and
  /// half the deviation. Where a model is trained, the best one alone is looked at.
  bool only_exponential = false;
};

/// What is recommended among some of the candidates.
struct Choice {
  std::size_t candidate;  ///< place in LawRecommendation::candidates
  std::optional<Ratio> of_sync =
      {};  ///< its progress beside sync's with as many workers; absent for sync itself
  std::vector<std::size_t> tied = {};  ///< places of those that cannot be told apart from it, best first
};

/// What speaks against a choice.
struct Caution {
  /// That it stands at the end of what was tried, leaves out the same workers always, or has copies that cost nothing.
  enum class About { end, workers, copies } about;
  std::string text;  ///< a sentence
};

struct LawRecommendation {
  std::string law;                    ///< canonical spec
  std::vector<Candidate> candidates;  ///< best first; of equals those with fresh gradients; at least one
  Means::Basis basis;
  std::size_t rows = 0;     ///< measured steps or times behind the intervals
  std::uint32_t block = 1;  ///< of them that are drawn in a row
  Choice best = {0};        ///< of all
  std::optional<Choice> fresh =
      {};  ///< of those with fresh gradients, where the best has others and the goal does
           ///< not count it
  std::vector<Caution> cautions = {};  ///< what to know before it is followed
  std::string decision = {};           ///< one sentence
};

struct Recommendation {
  Goal goal;
  double within;
  std::optional<Quadratic> model = {};  ///< that is trained, where the goal asks for that
  std::string unit;                     ///< of times, a label; empty where none is given
  std::vector<LawRecommendation> laws;  ///< in the order of the request; at least one
  std::string decision;                 ///< under all laws, one sentence
  std::uint64_t seed, iterations;       ///< of draws; iterations where means are not known
  std::uint32_t replicates;             ///< tables that were drawn from measured times
  std::optional<Communication> communication;
  std::optional<Law> server;
  std::optional<Stragglers> stragglers;
  std::vector<std::string> notes;  ///< of files that were read: a line each
  std::vector<std::string> warnings;
  Provenance provenance;
};

/// Compares candidates under each law of the request.
/// @param unit  of times, a label that fits into a table; may be empty
/// @param argv  for the provenance
/// @throws Error usage where no candidate remains, or where no time passes; stopped
Recommendation recommend(RecommendRequest const& request, std::string unit = {},
                         std::vector<std::string> argv = {});

}  // namespace dsgd
