#include "request/request.hpp"

#include <set>
#include <utility>

#include "request/tables.hpp"
#include "text/number.hpp"

namespace dsgd {

SweepRequest parse_request(SweepTexts const& texts) {
  SweepRequest request;
  if (texts.relative_error)
    request.relative_error = parse_share(*texts.relative_error, "--relative-error", 1e-9, 1);
  if (texts.shard) request.shard = parse_shard(*texts.shard);
  ParsedLaws laws = parse_laws(texts.law);
  request.sweep = parse_sweep(texts, std::move(laws.fleets));
  request.typed_laws = std::move(laws.typed);
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
