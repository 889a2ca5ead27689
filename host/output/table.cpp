#include <cmath>
#include <optional>

#include "number.hpp"
#include "output/format.hpp"
#include "output/grid.hpp"
#include "spec.hpp"

namespace dsgd {
namespace {

/// Enough to see what the iterations of a day can resolve.
constexpr int digits = 6;

std::string text(std::optional<double> const& value) { return value ? significant(*value, digits) : "-"; }

std::string half_width(Estimate const& estimate) {
  if (!estimate.ci95_high) return "-";
  return significant((*estimate.ci95_high - *estimate.ci95_low) / 2, 2);
}

std::string z_text(Estimate const& estimate) {
  if (!estimate.z) return "-";
  std::string const magnitude = significant(std::abs(*estimate.z), std::abs(*estimate.z) < 1 ? 2 : 3);
  return (*estimate.z < 0 ? "-" : "+") + magnitude;
}

}  // namespace

std::string table_text(Document const& document) {
  std::vector<GridRow> rows;
  for (auto const& [point, estimate] : document.rows)
    rows.push_back({fleet_spec(point), canonical_spec(point.strategy), std::to_string(point.workers),
                    text(estimate.mean), half_width(estimate), text(estimate.expected), z_text(estimate),
                    text(estimate.standard_deviation), text(estimate.minimum), text(estimate.maximum)});
  Align const l = Align::left;
  Align const r = Align::right;
  std::string const grid = aligned(
      {"law", "strategy", "workers", "mean", "+-95%", "expected", "z", "deviation", "minimum", "maximum"},
      {l, l, r, r, r, r, r, r, r, r}, rows);
  std::uint64_t const iterations = document.rows.empty() ? 0 : document.rows.front().estimate.iterations;
  return "Runtime of one iteration, in the law's unit of time: " + std::to_string(iterations) +
         " iterations per point, seed " + std::to_string(document.seed) + ", " + draws_name(document.draws) +
         " draws\n\n" + grid +
         "\nmean +- its 95 % interval beside the exact value; z is their distance in standard errors\n";
}

}  // namespace dsgd
