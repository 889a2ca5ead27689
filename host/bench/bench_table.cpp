#include <algorithm>

#include "bench/bench_text.hpp"
#include "output/grid.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

std::string figure_text(std::optional<double> const& value) { return value ? significant(*value, 3) : "-"; }

std::string share_text(double share) { return significant(100 * share, 3) + "%"; }

}  // namespace

std::string bench_table(std::vector<BenchRow> const& rows) {
  std::vector<GridRow> grid;
  double share = 1;
  for (BenchRow const& row : rows) {
    share = std::min(share, row.machine_share);
    grid.push_back({row.engine, std::to_string(row.workers),
                    significant(static_cast<double>(row.iterations), 3), significant(row.draws_per_second, 3),
                    significant(row.slowest, 3) + " .. " + significant(row.fastest, 3),
                    significant(row.nanoseconds_per_draw, 3), figure_text(row.cycles_per_draw),
                    significant(row.iterations_per_second, 3),
                    row.ceiling_fraction ? share_text(*row.ceiling_fraction) : "-"});
  }
  Align const l = Align::left;
  Align const r = Align::right;
  std::string result = aligned({"engine", "workers", "iterations", "draws/s", "slowest .. fastest", "ns/draw",
                                "cycles/draw", "iterations/s", "ceiling"},
                               {l, r, r, r, r, r, r, r, r}, grid);
  result +=
      "\ndraws/s is the median; cycles are those of processor time; ceiling is the share of what the vector "
      "ports could do (cpu),\nof copying memory (cpu-materialized), or on a GPU of its wide multiplies or "
      "its memory\n";
  if (share < busy_share)
    result += "the machine was busy: a probe got " + share_text(share) +
              " of its processor time. Ratios within this table can be trusted, absolute figures cannot\n";
  return result;
}

}  // namespace dsgd
