#include "fit/fit_document.hpp"
#include "output/json_values.hpp"
#include "spec/spec.hpp"

namespace dsgd::fit {
namespace {

Json low_end(std::optional<Interval> const& interval) {
  return interval ? Json(interval->low) : Json(nullptr);
}
Json high_end(std::optional<Interval> const& interval) {
  return interval ? Json(interval->high) : Json(nullptr);
}

Json mean_json(MeanOverSteps const& mean) {
  return {{"mean", mean.mean}, {"low", low_end(mean.interval)}, {"high", high_end(mean.interval)}};
}

Json law_json(RankedLaw const& law) {
  Json parameters = Json::object();
  for (FittedParameter const& parameter : law.parameters)
    parameters[parameter.key] = {{"value", parameter.value},
                                 {"low", low_end(parameter.interval)},
                                 {"high", high_end(parameter.interval)}};
  return {{"law", spec_of(law.fitted)},
          {"aic_difference", law.aic_difference},
          {"weight", law.weight},
          {"ks_p", law.p ? Json(law.p->kolmogorov_smirnov) : Json(nullptr)},
          {"ad_p", law.p ? Json(law.p->anderson_darling) : Json(nullptr)},
          {"ks", law.distances.kolmogorov_smirnov},
          {"ad", law.distances.anderson_darling},
          {"log_likelihood", law.fitted.log_likelihood},
          {"parameters", parameters}};
}

Json data_json(Result const& result, std::string const& unit) {
  Json data = {{"column", result.column},
               {"unit", or_null(unit)},
               {"count", result.count},
               {"missing", result.missing},
               {"minimum", result.smallest},
               {"maximum", result.largest},
               {"mean", result.mean},
               {"standard_deviation", result.standard_deviation},
               {"resolution", result.resolution > 0 ? Json(result.resolution) : Json(nullptr)}};
  if (!result.table) return data;
  data["steps"] = result.table->steps;
  data["workers"] = result.table->workers;
  data["incomplete_steps"] = result.table->incomplete_steps;
  return data;
}

/// What figures show.
Json curves_json(Result const& result) {
  Json laws = Json::array(), boxes = Json::array(), slowest = nullptr;
  for (LawCurve const& law : result.curves.laws)
    laws.push_back({{"law", law.law}, {"quantiles", law.quantiles}});
  if (result.table) {
    for (WorkerBox const& box : result.table->boxes)
      boxes.push_back({{"worker", box.worker}, {"quantiles", box.quantiles}});
    SlowestCurves const& curves = result.table->curves;
    slowest = {{"times", curves.times},
               {"measured", curves.measured},
               {"pooled", curves.pooled},
               {"per_worker", curves.per_worker},
               {"law", curves.law}};
  }
  ValueCurves const& curves = result.curves;
  return {{"shares", curves.shares},
          {"measured", curves.measured},
          {"low", curves.low},
          {"high", curves.high},
          {"laws", laws},
          {"workers", boxes},
          {"slowest", slowest}};
}

}  // namespace

std::string fit_json(Result const& result, std::string const& unit, Provenance const& provenance) {
  Json variance = nullptr, slowest = nullptr, replacing = nullptr;
  if (result.table) {
    StepsAndWorkers const& table = *result.table;
    if (table.variance)
      variance = {
          {"worker", table.variance->worker}, {"step", table.variance->step}, {"rest", table.variance->rest}};
    slowest = {
        {"measured", mean_json(table.means.measured)},
        {"pooled", mean_json(table.means.pooled)},
        {"per_worker", mean_json(table.means.per_worker)},
        {"lag_1", or_null(table.lag_1)},
        {"most_often",
         {{"worker", table.worker_names[table.most_often.worker]}, {"share", table.most_often.share}}}};
    replacing = {{"worker", table.worker_names[table.means.slowest]},
                 {"saved", mean_json(table.means.saved)}};
  }
  Json laws = Json::array(), left_out = Json::array(), means = Json::array();
  for (RankedLaw const& law : result.laws) laws.push_back(law_json(law));
  for (LawLeftOut const& law : result.left_out)
    left_out.push_back({{"law", law.law}, {"reason", law.reason}});
  for (Prediction const& prediction : result.predictions)
    means.push_back({{"strategy", canonical_spec(prediction.strategy)},
                     {"workers", prediction.workers},
                     {"low", low_end(prediction.range)},
                     {"high", high_end(prediction.range)},
                     {"low_law", prediction.range ? Json(prediction.low_law) : Json()},
                     {"high_law", prediction.range ? Json(prediction.high_law) : Json()},
                     {"without_mean", prediction.without_mean}});
  Json const document = {
      {"schema", "dsgd.fit/1"},
      {"data", data_json(result, unit)},
      {"variance", variance},
      {"slowest", slowest},
      {"laws", laws},
      {"left_out", left_out},
      {"means", means},
      {"replacing", replacing},
      {"use", result.use},
      {"use_note", or_null(result.use_note)},
      {"laws_note", or_null(result.laws_note)},
      {"remarks", result.remarks},
      {"curves", curves_json(result)},
      {"text", fit_text(result, unit)},
      {"provenance", machine_json(provenance)},
  };
  return json_dump(document, 2) + "\n";
}

}  // namespace dsgd::fit
