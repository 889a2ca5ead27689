#include <algorithm>

#include "bench/bench_text.hpp"
#include "output/grid.hpp"
#include "text/number.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

std::string figure_text(std::optional<double> const& value) { return value ? significant(*value, 3) : "-"; }

std::string share_text(double share) {
  std::string text = percent_text(share, 3);
  return text.erase(text.rfind(' '), 1);
}

/// How far the fastest and the slowest run lie apart, as a share of the median.
std::string spread_text(BenchRow const& row) {
  return significant(100 * (row.fastest - row.slowest) / row.draws_per_second, 2) + "%";
}

/// The rows of one engine below its name, without their first column, which holds it.
std::string rows_of(std::string const& engine, GridRow header, std::vector<Align> alignment,
                    std::vector<GridRow> rows) {
  std::erase_if(rows, [&](GridRow const& row) { return row.front() != engine; });
  header.erase(header.begin());
  alignment.erase(alignment.begin());
  for (GridRow& row : rows) row.erase(row.begin());
  return engine + "\n" + aligned(header, alignment, rows);
}

}  // namespace

std::string bench_table(std::vector<BenchRow> const& rows) {
  GridRow header{"engine",  "workers", "iterations", "draws/s", "spread",
                 "ns/draw", "cycles",  "iter./s",    "ceiling"};
  std::vector<Align> alignment(header.size(), Align::right);
  std::vector<GridRow> grid;
  std::vector<std::string> engines;
  double share = 1;
  for (BenchRow const& row : rows) {
    share = std::min(share, row.machine_share);
    if (engines.empty() || engines.back() != row.engine) engines.push_back(row.engine);
    grid.push_back({row.engine, std::to_string(row.workers),
                    significant(static_cast<double>(row.iterations), 3), significant(row.draws_per_second, 3),
                    spread_text(row), significant(row.nanoseconds_per_draw, 3),
                    figure_text(row.cycles_per_draw), significant(row.iterations_per_second, 3),
                    row.ceiling_fraction ? share_text(*row.ceiling_fraction) : "-"});
  }
  std::string result = take_constants(header, alignment, grid);
  if (!result.empty()) result += "\n";
  for (std::string const& engine : engines) result += rows_of(engine, header, alignment, grid) + "\n";
  result += wrapped(
      "draws/s is the median of the runs, spread how far the slowest and the fastest lie apart. cycles are "
      "those of processor time per draw, iter./s iterations per second. ceiling is the share of what the "
      "vector ports could do (cpu), of copying memory (cpu-materialized), or on a GPU of its wide multiplies "
      "or its memory");
  result += "\n";
  if (share < busy_share)
    result += wrapped("the machine was busy: a probe got " + share_text(share) +
                      " of its processor time. Ratios within this table can be trusted, absolute figures "
                      "cannot") +
              "\n";
  return result;
}

}  // namespace dsgd
