#include "output/columns.hpp"
#include "output/format.hpp"
#include "output/json_values.hpp"
#include "output/parameters_json.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// Numbers as everywhere else: the library's own are not always the shortest.
std::string json_cell(Cell const& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return "null";
  std::string const text = cell_text(cell);
  return std::holds_alternative<std::string>(cell) ? json_dump(text, -1) : text;
}

/// A number or null.
std::string json_number(std::optional<double> const& value) { return value ? shortest(*value) : "null"; }

std::string json_quantiles(std::vector<Quantile> const& quantiles) {
  std::string text;
  for (Quantile const& quantile : quantiles)
    text += (text.empty() ? "\"" : ", \"") + shortest(quantile.probability) + R"(": {"value": )" +
            shortest(quantile.value) + ", \"low\": " + json_number(quantile.low) +
            ", \"high\": " + json_number(quantile.high) + "}";
  return "{" + text + "}";
}

/// The distribution as pairs [staleness, gradients].
std::string json_staleness(Staleness const& staleness) {
  std::string counts;
  for (auto const& [value, gradients] : staleness.counts)
    counts += (counts.empty() ? "[" : ", [") + std::to_string(value) + ", " + std::to_string(gradients) + "]";
  return "{\"mean\": " + json_number(staleness.mean) + ", \"expected\": " + json_number(staleness.expected) +
         ", \"counts\": [" + counts + "]}";
}

std::string json_updates(ResultRow const& row, std::uint64_t updates) {
  std::optional<TimeOfUpdates> const time = time_of_updates(row.point(), row.estimate, updates);
  if (!time) return "null";
  return "{\"count\": " + std::to_string(updates) + ", \"mean\": " + shortest(time->mean) +
         ", \"standard_deviation\": " + json_number(time->standard_deviation) + "}";
}

std::string json_difference(std::optional<Difference> const& difference) {
  Difference const found = difference.value_or(Difference{});
  return ", \"difference\": " + (difference ? shortest(found.value) : "null") +
         ", \"difference_low\": " + json_number(found.low) +
         ", \"difference_high\": " + json_number(found.high);
}

/// Bins [low, high, count, exact probability or null].
std::string json_distribution(ResultRow const& row) {
  std::string text;
  for (DistributionBin const& bin : distribution(row.planned, row.estimate.bins))
    text += (text.empty() ? "[" : ", [") + shortest(bin.low) + ", " + shortest(bin.high) + ", " +
            std::to_string(bin.count) + ", " + json_number(bin.expected) + "]";
  return "[" + text + "]";
}

/// One point a line.
std::string json_points(Document const& document) {
  std::string text = "[";
  for (ResultRow const& row : document.rows) {
    text += text == "[" ? "\n    {" : ",\n    {";
    for (Column const& column : result_columns()) {
      if (text.back() != '{') text += ", ";
      text += "\"" + std::string(column.name) + "\": " + json_cell(column.value(row));
    }
    if (document.baseline) text += json_difference(row.difference);
    text += ", \"parameters\": " + parameters_json(row.point());
    if (!document.quantiles.empty()) text += ", \"quantiles\": " + json_quantiles(row.estimate.quantiles);
    if (row.estimate.staleness) text += ", \"staleness\": " + json_staleness(*row.estimate.staleness);
    if (document.updates) text += ", \"updates\": " + json_updates(row, *document.updates);
    if (row.precision_met)
      text += std::string(", \"precision_met\": ") + (*row.precision_met ? "true" : "false");
    if (!row.finished) text += ", \"complete\": false";
    if (!row.estimate.bins.empty()) text += ", \"distribution\": " + json_distribution(row);
    text += "}";
  }
  return text + "\n  ]";
}

Json json_run(Document const& document) {
  Json run{
      {"seed", std::to_string(document.seed)},  // as text: 64 bits do not fit into a double
      {"draws", draws_name(document.draws)},
      {"sampling", sampling_name(document.sampling)},
      {"complete", document.complete},
  };
  if (document.shard) run["shard"] = *document.shard;
  if (!document.unit.empty()) run["unit"] = document.unit;
  if (document.baseline) run["baseline"] = canonical_spec(*document.baseline);
  if (document.communication) run["communication"] = canonical_spec(*document.communication);
  if (document.server) run["server"] = canonical_spec(*document.server);
  if (document.stragglers) run["stragglers"] = canonical_spec(*document.stragglers);
  return run;
}

Json json_provenance(Provenance const& provenance) {
  return {
      {"argv", provenance.argv},
      {"engine", provenance.engine},
      {"version", provenance.version},
      {"commit", or_null(provenance.commit)},
      {"compiler", provenance.compiler},
      {"cuda", or_null(provenance.cuda)},
      {"host", provenance.host},
      {"device", provenance.device},
      {"start", provenance.start},
      {"seconds", provenance.seconds},
      {"draws_per_second", provenance.draws_per_second},
  };
}

}  // namespace

std::string json_text(Document const& document) {
  return "{\n  \"schema\": \"dsgd.sweep/2\",\n  \"points\": " + json_points(document) +
         ",\n  \"run\": " + json_dump(json_run(document), -1) +
         ",\n  \"provenance\": " + json_dump(json_provenance(document.provenance), -1) + "\n}\n";
}

}  // namespace dsgd
