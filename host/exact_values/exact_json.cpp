#include <cmath>

#include "exact_values/exact_text.hpp"
#include "output/json_values.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// A number, or null where it is not known or infinite. Numbers are in their shortest form.
std::string json_finite(std::optional<double> const& value) {
  return value && std::isfinite(*value) ? shortest(*value) : "null";
}

/// The keys of what is known to be infinite; empty for none.
std::string infinite_keys(ExactRow const& row) {
  std::string keys;
  auto const add = [&](char const* key, std::optional<double> const& value) {
    if (value && std::isinf(*value)) keys.append(keys.empty() ? "\"" : ", \"").append(key).append("\"");
  };
  add("mean", row.mean);
  add("standard_deviation", row.standard_deviation);
  return keys;
}

std::string json_quantiles(ExactRow const& row, std::vector<double> const& probabilities) {
  std::string text;
  for (std::size_t i = 0; i < probabilities.size(); ++i)
    text += (text.empty() ? "\"" : ", \"") + shortest(probabilities[i]) +
            "\": " + (row.quantiles.empty() ? "null" : shortest(row.quantiles[i]));
  return "{" + text + "}";
}

std::string json_updates(ExactRow const& row, std::uint64_t updates) {
  if (!row.updates) return "null";
  return "{\"count\": " + std::to_string(updates) + ", \"mean\": " + json_finite(row.updates->mean) +
         ", \"standard_deviation\": " + json_finite(row.updates->standard_deviation) + "}";
}

std::string json_point(ExactRow const& row, ExactDocument const& document) {
  std::string text = "{\"law\": " + json_dump(row.law, -1) +
                     ", \"strategy\": " + json_dump(row.strategy, -1) +
                     ", \"workers\": " + std::to_string(row.workers) +
                     ", \"gradients\": " + shortest(row.gradients) + ", \"mean\": " + json_finite(row.mean) +
                     ", \"standard_deviation\": " + json_finite(row.standard_deviation) +
                     ", \"throughput\": " + json_finite(row.throughput);
  if (std::string const keys = infinite_keys(row); !keys.empty()) text += ", \"infinite\": [" + keys + "]";
  if (!document.quantiles.empty()) text += ", \"quantiles\": " + json_quantiles(row, document.quantiles);
  if (document.updates) text += ", \"updates\": " + json_updates(row, *document.updates);
  return text + "}";
}

}  // namespace

std::string exact_json(ExactDocument const& document) {
  std::string points;
  for (ExactRow const& row : document.rows)
    points += (points.empty() ? "\n    " : ",\n    ") + json_point(row, document);
  Json run = Json::object();
  if (document.communication) run["communication"] = canonical_spec(*document.communication);
  if (document.server) run["server"] = canonical_spec(*document.server);
  if (document.stragglers) run["stragglers"] = canonical_spec(*document.stragglers);
  if (!document.unit.empty()) run["unit"] = document.unit;
  return "{\n  \"schema\": \"dsgd.exact/1\",\n  \"points\": [" + points +
         "\n  ],\n  \"run\": " + json_dump(run, -1) +
         ",\n  \"provenance\": " + json_dump(machine_json(document.provenance), -1) + "\n}\n";
}

}  // namespace dsgd
