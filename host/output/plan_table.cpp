#include <array>
#include <cmath>

#include "duration.hpp"
#include "number.hpp"
#include "output/grid.hpp"
#include "output/plan_text.hpp"
#include "spec.hpp"

namespace dsgd {
namespace {

/// "1.50 GiB". @param bytes  >= 0
std::string bytes_text(double bytes) {
  constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  std::size_t unit = 0;
  for (; bytes >= 1024 && unit + 1 < units.size(); ++unit) bytes /= 1024;
  return (unit == 0 ? std::to_string(static_cast<int>(bytes)) : significant(bytes, 3)) + " " + units[unit];
}

std::string seconds_text(double seconds) {
  return seconds < 60 ? significant(seconds, 2) + " s" : duration_text(seconds);
}

std::string percent(double share) { return significant(100 * share, 2) + " %"; }

std::string point_text(Point const& point) {
  return fleet_spec(point) + ", " + canonical_spec(point.strategy) + ", " + std::to_string(point.workers) +
         " workers";
}

GridRow engine_row(EnginePlan const& plan, DrawCounts const& draws) {
  EngineRow const& engine = *plan.engine;
  std::string const name(engine.name);
  if (!plan.problem.empty()) return {name, "-", "-", "-", "-", "-", "no: " + plan.problem};
  double const made = engine.draws(draws);
  std::string const traffic =
      engine.memory_traffic(draws) == 0 ? "-" : bytes_text(engine.memory_traffic(draws));
  std::string const memory = plan.memory == 0 ? "-" : bytes_text(static_cast<double>(plan.memory));
  std::string const note = plan.from_bench && !plan.seconds ? "; its bench file knows no such sweep" : "";
  return {name,
          significant(made, 3),
          plan.seconds ? significant(made / *plan.seconds, 3) : "-",
          plan.seconds ? seconds_text(*plan.seconds) : "-",
          traffic,
          memory,
          plan.device + (plan.from_bench ? " (bench file)" : "") + note};
}

std::string precision_text(Precision const& precision, std::size_t points, std::span<Point const> all) {
  std::string const looked_at = precision.looked_at == points
                                    ? std::to_string(points) + " points"
                                    : std::to_string(precision.looked_at) + " points of " +
                                          std::to_string(points) + " that were looked at";
  std::string const title = "\nHalf of the 95 % interval, as a share of the mean";
  if (!precision.best)
    return title + ": exact variances are known and finite for none of " + looked_at + "\n";
  std::size_t const known = precision.looked_at - precision.unknown;
  std::string text =
      title + ", from exact variances of " + (precision.unknown == 0 ? "" : std::to_string(known) + " of ") +
      looked_at + ":\n  from " + percent(precision.best->half_width) + " (" +
      point_text(all[precision.best->point]) + ")\n  to   " + percent(precision.worst->half_width) + " (" +
      point_text(all[precision.worst->point]) + ")\n";
  if (precision.unknown == 1) text += "  not known, or infinite, for the other\n";
  if (precision.unknown > 1)
    text += "  not known, or infinite, for the other " + std::to_string(precision.unknown) + "\n";
  return text;
}

}  // namespace

std::string plan_table(Plan const& plan, std::span<Point const> points) {
  std::vector<GridRow> rows;
  for (EnginePlan const& engine : plan.engines) rows.push_back(engine_row(engine, plan.draws));
  Align const l = Align::left;
  Align const r = Align::right;
  std::string iterations = std::to_string(plan.iterations);
  if (plan.most_iterations != plan.iterations) iterations += " to " + std::to_string(plan.most_iterations);
  return std::to_string(plan.points) + (plan.points == 1 ? " point of " : " points of ") + iterations +
         " iterations; about " + bytes_text(static_cast<double>(plan.memory)) + " for their results\n\n" +
         aligned({"engine", "draws", "draws/s", "time", "written", "at a time", "device"},
                 {l, r, r, r, r, r, l}, rows) +
         "\ntime is what the whole sweep is expected to take; written are the delays that go through memory, "
         "at a time\nthose that are in it\n" +
         precision_text(plan.precision, plan.points, points);
}

}  // namespace dsgd
