#include "output/json_values.hpp"
#include "race/model.hpp"
#include "recommend/recommend_text.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

Json ratio_json(Ratio const& ratio) {
  return {{"value", ratio.value}, {"low", or_null(ratio.low)}, {"high", or_null(ratio.high)}};
}

Json candidate_json(Candidate const& candidate) {
  return {{"strategy", candidate.strategy},
          {"workers", candidate.workers},
          {"gradients", candidate.gradients},
          {"mean", or_null(candidate.mean)},
          {"exact", candidate.is_exact},
          {"value", candidate.value},
          {"learning_rate", or_null(candidate.learning_rate)},
          {"ratio", ratio_json(candidate.of_best)},
          {"fresh", candidate.is_fresh},
          {"staleness", or_null(candidate.staleness)},
          {"tied", candidate.is_tied},
          {"near", candidate.is_near},
          {"exponential_only", candidate.only_exponential}};
}

/// Candidates by their places.
Json choice_json(Choice const& choice) {
  return {{"candidate", choice.candidate},
          {"of_sync", choice.of_sync ? ratio_json(*choice.of_sync) : Json()},
          {"tied", choice.tied}};
}

char const* name(Caution::About about) {
  switch (about) {
    case Caution::About::end:
      return "end";
    case Caution::About::workers:
      return "workers";
    case Caution::About::copies:
      break;
  }
  return "copies";
}

Json cautions_json(std::vector<Caution> const& cautions) {
  Json all = Json::array();
  for (Caution const& caution : cautions)
    all.push_back({{"about", name(caution.about)}, {"text", caution.text}});
  return all;
}

char const* basis_name(Means::Basis basis) {
  switch (basis) {
    case Means::Basis::exact:
      return "exact";
    case Means::Basis::steps:
      return "steps";
    case Means::Basis::batches:
      break;
  }
  return "draws";
}

}  // namespace

std::string recommend_json(Recommendation const& recommendation) {
  Json laws = Json::array();
  for (LawRecommendation const& law : recommendation.laws) {
    Json candidates = Json::array();
    for (Candidate const& candidate : law.candidates) candidates.push_back(candidate_json(candidate));
    bool const is_measured = law.basis == Means::Basis::steps;
    laws.push_back({{"law", law.law},
                    {"intervals",
                     {{"over", basis_name(law.basis)},
                      {"rows", is_measured ? Json(law.rows) : Json()},
                      {"block", is_measured ? Json(law.block) : Json()}}},
                    {"candidates", candidates},
                    {"best", choice_json(law.best)},
                    {"fresh", law.fresh ? choice_json(*law.fresh) : Json()},
                    {"cautions", cautions_json(law.cautions)},
                    {"decision", law.decision}});
  }
  Json run = {{"seed", std::to_string(recommendation.seed)},
              {"iterations", recommendation.iterations},
              {"bootstrap", recommendation.replicates},
              {"communication",
               recommendation.communication ? Json(canonical_spec(*recommendation.communication)) : Json()}};
  if (recommendation.server) run["server"] = canonical_spec(*recommendation.server);
  if (recommendation.stragglers) run["stragglers"] = canonical_spec(*recommendation.stragglers);
  Json const document = {
      {"schema", "dsgd.recommend/1"},
      {"goal", goal_text(recommendation.goal)},
      {"within", recommendation.within},
      {"model", recommendation.model ? Json(canonical_spec(*recommendation.model)) : Json()},
      {"unit", or_null(recommendation.unit)},
      {"run", run},
      {"warnings", recommendation.warnings},
      {"laws", laws},
      {"decision", recommendation.decision},
      {"text", recommend_table(recommendation)},
      {"provenance", machine_json(recommendation.provenance)}};
  return json_dump(document, 2) + "\n";
}

}  // namespace dsgd
