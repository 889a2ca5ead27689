#include "output/json_values.hpp"
#include "race/model.hpp"
#include "race/race_text.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

Json row_json(RaceResult const& result, RaceRow const& row, std::uint64_t replications) {
  return {{"law", result.law},
          {"strategy", result.strategy},
          {"workers", result.workers},
          {"learning_rate", result.learning_rate},
          {"time", or_null(row.time)},
          {"replications", replications},
          {"error", or_null(row.error)},
          {"standard_error", or_null(row.standard_error)},
          {"ci95_low", or_null(row.ci95_low)},
          {"ci95_high", or_null(row.ci95_high)},
          {"expected", or_null(row.expected)},
          {"z", or_null(row.z)},
          {"updates", row.updates},
          {"staleness", or_null(row.staleness)}};
}

Json target_json(RaceResult const& result) {
  TargetResult const& target = *result.target;
  return {{"law", result.law},
          {"strategy", result.strategy},
          {"workers", result.workers},
          {"learning_rate", result.learning_rate},
          {"mean_error_time", or_null(target.mean_error_time)},
          {"expected_time", or_null(target.expected_time)},
          {"reached", target.reached},
          {"first_time",
           {{"mean", or_null(target.mean)},
            {"standard_error", or_null(target.standard_error)},
            {"ci95_low", or_null(target.ci95_low)},
            {"ci95_high", or_null(target.ci95_high)},
            {"q0.1", or_null(target.q10)},
            {"q0.5", or_null(target.q50)},
            {"q0.9", or_null(target.q90)}}}};
}

Json curve_json(RaceResult const& result) {
  Json times = Json::array(), errors = times, low = times, high = times, expected = times;
  for (RaceRow const& row : result.curve) {
    times.push_back(*row.time);
    errors.push_back(or_null(row.error));
    low.push_back(or_null(row.ci95_low));
    high.push_back(or_null(row.ci95_high));
    expected.push_back(or_null(row.expected));
  }
  return {{"law", result.law},
          {"strategy", result.strategy},
          {"workers", result.workers},
          {"learning_rate", result.learning_rate},
          {"time", times},
          {"error", errors},
          {"ci95_low", low},
          {"ci95_high", high},
          {"expected", expected}};
}

}  // namespace

std::string race_json(RaceDocument const& document) {
  Json points = Json::array(), targets = Json::array(), curves = Json::array();
  for (RaceResult const& result : document.results) {
    for (RaceRow const& row : result.rows) points.push_back(row_json(result, row, document.replications));
    if (result.target) targets.push_back(target_json(result));
    if (!result.curve.empty()) curves.push_back(curve_json(result));
  }
  Json provenance = machine_json(document.provenance);
  provenance["engine"] = document.provenance.engine;
  provenance["device"] = document.provenance.device;
  provenance["seconds"] = document.provenance.seconds;
  Json const all = {
      {"schema", "dsgd.race/1"},
      {"points", points},
      {"targets", targets},
      {"winners", race_winners(document)},
      {"curves", curves},
      {"run",
       {{"model", canonical_spec(document.model)},
        {"learning_rate", document.best_rates ? "best" : "given"},
        {"target", or_null(document.target)},
        {"replications", document.replications},
        {"seed", std::to_string(document.seed)},
        {"draws", draws_name(document.draws)},
        {"communication", document.communication ? Json(canonical_spec(*document.communication)) : Json()},
        {"unit", or_null(document.unit)}}},
      {"warnings", document.warnings},
      {"provenance", provenance}};
  return json_dump(all, 2) + "\n";
}

}  // namespace dsgd
