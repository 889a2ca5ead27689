#pragma once

#include <string>

#include "output/document.hpp"
#include "plan/plan.hpp"

namespace dsgd {

/// The table that people read.
std::string plan_table(Plan const& plan, std::span<PlannedPoint const> points);

/// Schema dsgd.plan/1.
std::string plan_json(Plan const& plan, std::span<PlannedPoint const> points, Provenance const& provenance);

}  // namespace dsgd
