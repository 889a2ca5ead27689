/// From a sweep and its summaries to the document that is written.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "dsgd/summary/summary.hpp"
#include "output/document.hpp"
#include "request/request.hpp"

namespace dsgd {

/// All that is known before the run, which begins now. @param argv  for the provenance
Document begin_document(SweepRequest const& request, std::vector<std::string> argv);

/// Adds the points of which anything is known, and counts those that are not finished.
/// @param finished  which points are; empty for all
void add_rows(Document& document, std::span<PlannedPoint const> points, std::span<Summary const> summaries,
              std::vector<bool> const& finished = {});

/// What readers of a document should know: points without a mean, and, where it is complete, points that
/// missed their precision or have means farther from their exact value than chance explains. A line each.
std::vector<std::string> warnings_of(Document const& document);

}  // namespace dsgd
