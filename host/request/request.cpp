#include "request/request.hpp"

#include <set>

#include "text/number.hpp"

namespace dsgd {

SweepRequest parse_request(SweepTexts const& texts) {
  SweepRequest request;
  if (texts.relative_error)
    request.relative_error = parse_share(*texts.relative_error, "--relative-error", 1e-9, 1);
  if (texts.shard) request.shard = parse_shard(*texts.shard);
  request.sweep = parse_sweep(texts);
  request.typed_laws = texts.law.laws;
  if (texts.quantiles) request.quantiles = parse_quantiles(*texts.quantiles);
  if (texts.updates) request.updates = parse_count(*texts.updates, "--updates", 1, max_iterations);
  return request;
}

std::vector<std::string> trace_notes(Sweep const& sweep) {
  std::vector<std::string> notes;
  std::set<std::string> seen;
  auto const note = [&](Law const& law) {
    auto const* const measured = std::get_if<Empirical>(&law);
    if (measured != nullptr && seen.insert(measured->note).second) notes.push_back(measured->note);
  };
  for (Fleet const& fleet : sweep.fleets) {
    if (fleet.uniform()) note(fleet.law());
    for (FleetGroup const& group : fleet.groups()) note(group.law);
  }
  return notes;
}

}  // namespace dsgd
