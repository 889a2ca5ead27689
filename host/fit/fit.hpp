/// What can be said of a table of measured times: the whole answer of `dsgd fit`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsgd/strategy/list.hpp"
#include "fit/bootstrap.hpp"
#include "fit/curves.hpp"
#include "fit/description.hpp"
#include "fit/distances.hpp"
#include "fit/measured_times.hpp"
#include "fit/model.hpp"
#include "run/parallel.hpp"
#include "run/work_meter.hpp"

namespace dsgd::fit {

struct Request {
  TableKeys keys;                      ///< as typed
  std::vector<std::string> laws;       ///< names of those to fit; all where empty
  bool with_shift = true;              ///< true to fit laws with a shift, too
  std::vector<std::uint64_t> workers;  ///< numbers to predict for; that of the table where empty
  std::vector<Strategy> strategies{Sync{}};
  std::uint32_t replicates = 200;  ///< of each bootstrap; 0 for none
  std::uint64_t seed = 1;
  unsigned threads = 1;  ///< no result depends on it
  Stop stop = {};        ///< asked before each law and each replicate
  WorkMeter meter = {};  ///< counts the resampled tables, then laws and the samples of each
};

struct RankedLaw {
  Fitted fitted;
  std::vector<FittedParameter> parameters;
  double aic_difference;  ///< to the best law, >= 0
  double weight;          ///< Akaike's; they add up to 1
  Distances distances;
  std::optional<PValues> p;
};

/// Mean runtime under the laws that are plausible: those whose aic_difference is at most plausible_difference.
struct Prediction {
  Strategy strategy;
  std::uint64_t workers;
  std::optional<Interval> range;  ///< absent where no law has a known mean, and where workers are too few
  std::string low_law, high_law;  ///< names; empty where it is absent
  std::vector<std::string> without_mean;  ///< plausible laws whose mean is infinite or not known: names
};

inline constexpr double plausible_difference = 10;

struct LawLeftOut {
  std::string law, reason;
};

/// Everything about steps and workers; absent without columns that tell them apart.
struct StepsAndWorkers {
  std::size_t steps, workers, incomplete_steps;
  std::vector<std::string> worker_names;
  std::optional<VarianceShares> variance;
  std::optional<double> lag_1;
  SlowestWorker most_often;
  SlowestMeans means;
  std::vector<WorkerBox> boxes;
  SlowestCurves curves;  ///< of the law that ranks first
};

struct Result {
  std::string column;          ///< of the times; several with commas between them
  std::size_t count, missing;  ///< missing: cells, or pairs of worker and step, without a time
  double smallest, largest, mean, standard_deviation, resolution;
  std::optional<StepsAndWorkers> table;
  std::vector<RankedLaw> laws;  ///< by AIC, the best first
  std::vector<LawLeftOut> left_out;
  std::vector<Prediction> predictions;
  std::vector<std::string> use;           ///< specs that --law takes; the simplest that holds first
  ValueCurves curves;                     ///< of the laws that are plausible
  std::string use_note;                   ///< why the simplest are not among them; empty where they are
  std::vector<std::string> remarks = {};  ///< on what the table lacks: a line each
  std::string laws_note = {};  ///< where no law holds: how far they miss what was measured; else empty
  bool tells_means = true;     ///< false where nobody knows how far: the text is without predictions then
};

/// @throws Error as read_measured_times(), usage for unknown names of laws and where no law can be fitted, and
/// stopped where request.stop says so
Result fit(Request const& request);

/// Mean runtime under a fitted law; nothing where it is not known or does not exist.
std::optional<double> mean_under(Fitted const& fitted, Strategy const& strategy, std::uint64_t workers);

/// For people. @param unit  of the times, a label; may be empty
std::string fit_text(Result const& result, std::string const& unit);

}  // namespace dsgd::fit
