/// From a sweep and its summaries to the document that is written: shared by all commands that write results.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "output/document.hpp"
#include "request/request.hpp"
#include "run/draw_groups.hpp"

namespace dsgd {

/// All that is known before the run, which begins now. @param argv  for the provenance
Document begin_document(SweepRequest const& request, std::vector<std::string> argv);

/// Adds the points of which anything is known. Says how many have no mean.
/// @param finished  which points are; empty for all
void add_rows(Document& document, std::span<PlannedPoint const> points, std::span<Summary const> summaries,
              std::vector<bool> const& finished = {});

}  // namespace dsgd
