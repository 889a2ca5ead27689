#include "request/request.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "dsgd/error.hpp"
#include "request/tables.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// Its points come first where no --strategy names it.
void add_baseline(SweepRequest& request, std::string const& text) {
  Strategy const baseline = parse_strategy(text, "--baseline");
  if (request.relative_error)
    throw Error(ExitCode::usage, "--baseline and --relative-error are both given",
                "points are compared iteration by iteration, and need as many of them", "leave one out");
  if (!request.shard.whole())
    throw Error(ExitCode::usage, "--baseline and --shard are both given", "a shard has a part of each point",
                "leave one out");
  request.baseline = baseline;
  std::string const spec = canonical_spec(baseline);
  std::vector<Strategy>& strategies = request.sweep.strategies;
  bool const is_named = std::any_of(strategies.begin(), strategies.end(), [&](Strategy const& strategy) {
    return canonical_spec(strategy) == spec;
  });
  if (!is_named) strategies.insert(strategies.begin(), baseline);
}

}  // namespace

SweepRequest parse_request(SweepTexts const& texts) {
  SweepRequest request;
  if (texts.relative_error)
    request.relative_error = parse_share(*texts.relative_error, "--relative-error", 1e-9, 1);
  if (texts.shard) request.shard = parse_shard(*texts.shard);
  ParsedLaws laws = parse_laws(texts.law);
  request.sweep = parse_sweep(texts, std::move(laws.fleets));
  request.typed_laws = std::move(laws.typed);
  if (texts.baseline) add_baseline(request, *texts.baseline);
  if (texts.quantiles) request.quantiles = parse_quantiles(*texts.quantiles);
  if (texts.updates) request.updates = parse_count(*texts.updates, "--updates", 1, max_iterations);
  return request;
}

std::vector<std::string> trace_notes(Sweep const& sweep) {
  std::vector<std::string> notes;
  std::set<std::string> seen;
  for_each_table(sweep, [&](TableKeys const& table) {
    if (seen.insert(table.note).second) notes.push_back(table.note);
  });
  return notes;
}

}  // namespace dsgd
