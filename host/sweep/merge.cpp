#include "sweep/merge.hpp"

#include <utility>

#include "store/join.hpp"
#include "sweep/description.hpp"
#include "sweep/result.hpp"
#include "text/number.hpp"

namespace dsgd {

MergedSweep merge(std::span<Store const> stores) {
  Description description = joined_description(stores);
  PlannedSweep sweep = described_sweep(description, stores.front().path());
  std::vector<PointWork> work = joined_work(stores, sweep.points, sweep.request.relative_error);
  return {std::move(sweep), std::move(description), std::move(work)};
}

Document merged_document(MergedSweep const& merged, std::size_t stores, std::vector<std::string> argv) {
  Document document = begin_document(merged.sweep.request, std::move(argv));
  std::vector<Summary> summaries;
  summaries.reserve(merged.work.size());
  for (PointWork const& one : merged.work) summaries.push_back(one.summary);
  add_rows(document, merged.sweep.points, summaries);
  document.provenance.engine = "merge";
  document.provenance.device = counted(stores, "store");
  return document;
}

void write_store(std::string const& path, MergedSweep const& merged) {
  std::vector<NamedRange> ranges;
  ranges.reserve(merged.work.size());
  for (std::size_t i = 0; i < merged.work.size(); ++i)
    ranges.emplace_back(point_text(merged.sweep.points[i]),
                        StoredRange{{0, merged.work[i].done}, merged.work[i].summary});
  Store::write_new(path, merged.description, ranges);
}

}  // namespace dsgd
