#include "fit/recommend.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "dsgd/law/replay.hpp"
#include "spec/fill.hpp"
#include "spec/pooled.hpp"
#include "text/number.hpp"

namespace dsgd::fit {
namespace {

constexpr double rejected_p = 0.05;  ///< of a law that is not said to hold

/// False as well where no replicate is as far as the values: few replicates have no small p.
bool holds(RankedLaw const& law, std::uint32_t replicates) {
  if (!law.p || law.aic_difference > plausible_difference) return false;
  double const p = std::min(law.p->kolmogorov_smirnov, law.p->anderson_darling);
  return p > std::max(rejected_p, 1 / (replicates + 1.0));
}

/// True where a model's mean of the slowest lies where other steps might have put the measured one.
bool agrees(MeanOverSteps const& model, MeanOverSteps const& measured) {
  constexpr double rounding = 1e-9;  // where every step takes the same, the interval has no width
  return measured.interval && model.mean >= measured.interval->low * (1 - rounding) &&
         model.mean <= measured.interval->high * (1 + rounding);
}

/// Which models of a table hold, each assuming less than the one before. Replayed steps assume nothing.
struct Holding {
  bool pooled = true, per_worker = true;
  std::string note = {};  ///< why pooled times do not; empty where they do
};

Holding holding(MeasuredTimes const& times, Result const& result) {
  std::string const differ = "workers differ, so that no law stands for all of them";
  if (!result.table) {
    if (!workers_differ(times.values, times.workers)) return {};
    return {false, true, differ};
  }
  SlowestMeans const& means = result.table->means;
  if (!means.measured.interval)
    return {false, false,
            "whether workers are alike and steps independent is not known without resampling: give "
            "--bootstrap, 39 or more"};
  bool const are_alike = !workers_differ(times.values, times.workers);
  if (are_alike && agrees(means.pooled, means.measured)) return {};
  if (agrees(means.per_worker, means.measured)) return {false, true, differ};
  bool const together = means.measured.mean < means.per_worker.mean;
  return {false, false,
          std::string(together ? "workers are slow in the same steps" : "workers take turns at being slow") +
              ": only whole steps are as they were measured"};
}

/// True where each law has been tested and none holds.
bool no_law_holds(Result const& result, std::uint32_t replicates) {
  return 1 / (replicates + 1.0) < rejected_p &&
         std::none_of(result.laws.begin(), result.laws.end(),
                      [&](RankedLaw const& law) { return !law.p || holds(law, replicates); });
}

/// The means of the slowest of the measured workers under the plausible laws, lowest and highest; nothing where
/// none is known.
std::optional<Interval> means_of_slowest(Result const& result) {
  std::optional<Interval> means;
  for (RankedLaw const& law : result.laws) {
    if (law.aic_difference > plausible_difference) break;
    std::optional<double> const mean = mean_under(law.fitted, Sync{}, result.table->workers);
    if (!mean) continue;
    if (!means) means = {*mean, *mean};
    means = {std::min(means->low, *mean), std::max(means->high, *mean)};
  }
  return means;
}

void note_on_laws(std::uint32_t replicates, Result& result) {
  if (!no_law_holds(result, replicates)) return;
  constexpr int digits = 6;
  std::string const none = "no law holds: of each, KS p or AD p is at most " + shortest(rejected_p);
  std::optional<Interval> const means = result.table ? means_of_slowest(result) : std::nullopt;
  if (!means) {
    result.tells_means = false;
    result.laws_note = none + (result.predictions.empty()
                                   ? ""
                                   : ", and no measured mean says how far they are off. Means at numbers of "
                                     "workers are not told; 'dsgd exact' has those of each law");
    return;
  }
  auto const text = [](double time) { return shortest(round_to_digits(time, digits)); };
  double const measured = result.table->means.measured.mean;
  auto const off = [&](double mean) {
    double const share = mean / measured - 1;
    return (share > 0 ? "+" : "") + percent_text(share, 3);
  };
  bool const is_one = text(means->low) == text(means->high);
  result.laws_note = none + ". For the slowest of the measured " + std::to_string(result.table->workers) +
                     " workers they give " + text(means->low) + (is_one ? "" : " to " + text(means->high)) +
                     " where " + text(measured) + " was measured: off by " + off(means->low) +
                     (is_one ? "" : " to " + off(means->high)) + ", and by more, perhaps, at other numbers";
}

/// The keys as a spec of a law has them; those that the law does not take are left out, and so are defaults.
template <class L>
std::string spec_of_table(TableKeys const& keys) {
  std::string spec(L::name);
  for_each_parameter<L>([&](auto const& parameter) {
    if constexpr (requires { keys.*parameter.value; })
      if (keys.*parameter.value != TableKeys{}.*parameter.value)
        spec.append(":").append(parameter.key).append("=").append(value_text(keys.*parameter.value));
  });
  return spec;
}

/// The keys where steps are not told apart: skip= counts rows then. Nothing where no number of rows at the
/// start makes up the steps that are skipped.
std::optional<TableKeys> keys_without_steps(TableKeys keys, table::Table const& table) {
  if (!table.skipped_rows || *table.skipped_rows > std::numeric_limits<std::uint32_t>::max())
    return std::nullopt;
  keys.skip = static_cast<std::uint32_t>(*table.skipped_rows);
  return keys;
}

}  // namespace

/// The simplest model that holds, then those that assume less: a law, any of the measured times, any of each
/// worker's own, whole steps.
void recommend(Request const& request, MeasuredTimes const& times, Result& result) {
  TableKeys const& keys = request.keys;
  note_on_laws(request.replicates, result);
  Holding const models = holding(times, result);
  result.use_note = models.note;
  std::optional<TableKeys> const of_rows = keys_without_steps(keys, times.table);
  if (models.pooled) {
    for (RankedLaw const& law : result.laws)
      if (holds(law, request.replicates)) result.use.push_back(spec_of(law.fitted));
    if (of_rows && keys.columns.empty()) {
      TableKeys pooled = *of_rows;
      pooled.worker.clear();
      result.use.push_back(spec_of_table<Empirical>(pooled));
    }
  }
  if (models.per_worker && of_rows && keys.tells_workers_apart())
    result.use.push_back(spec_of_table<Empirical>(*of_rows));
  if (!result.table) return;
  TableKeys whole_steps = keys;
  if (result.table->incomplete_steps > 0) whole_steps.missing = "skip";
  result.use.push_back(spec_of_table<Replay>(whole_steps));
}

}  // namespace dsgd::fit
