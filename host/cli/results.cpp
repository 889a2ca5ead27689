#include "cli/results.hpp"

#include <algorithm>

#include "number.hpp"
#include "output/provenance.hpp"
#include "warn.hpp"

namespace dsgd {
namespace {

/// Of runtimes whose tail is so heavy that an average tells nothing.
void warn_of_missing_means(std::vector<ResultRow> const& rows) {
  auto const missing =
      std::count_if(rows.begin(), rows.end(), [](ResultRow const& row) { return !row.estimate.mean; });
  if (missing != 0)
    warn(std::to_string(missing) + " of " + std::to_string(rows.size()) +
         " points have no mean: it is infinite; --quantiles are finite");
}

}  // namespace

Document begin_document(SweepOptions const& options, Sweep const& sweep) {
  Document document{};
  document.seed = sweep.seed;
  document.draws = sweep.draws;
  document.sampling = sweep.sampling;
  document.communication = sweep.communication;
  document.quantiles = parse_quantiles(options);
  if (options.updates) document.updates = parse_count(*options.updates, "--updates", 1, max_iterations);
  document.provenance = provenance_now(options.argv);
  return document;
}

void add_rows(Document& document, std::span<Point const> points, std::span<Summary const> summaries) {
  for (std::size_t i = 0; i < points.size(); ++i)
    if (summaries[i].iterations != 0)
      document.rows.push_back({points[i], estimate(points[i], summaries[i], document.quantiles)});
  warn_of_missing_means(document.rows);
}

}  // namespace dsgd
