#include "fit/recommend.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "dsgd/law/replay.hpp"
#include "spec/fill.hpp"
#include "spec/pooled.hpp"

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
