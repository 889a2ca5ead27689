#include <algorithm>
#include <array>
#include <cmath>

#include "bench/clock.hpp"
#include "output/grid.hpp"
#include "output/readable.hpp"
#include "plan/plan_text.hpp"
#include "spec/spec.hpp"
#include "text/duration.hpp"
#include "text/number.hpp"
#include "text/wrap_text.hpp"

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

/// Shares from 1 on, as of a whole, are whole numbers of per cent.
std::string percent(double share) {
  return share >= 1 ? std::to_string(std::lround(100 * share)) + " %" : percent_text(share, 2);
}

/// What a shard and a store leave to do; empty where it is the whole sweep.
std::string left_text(Plan const& plan) {
  std::string text;
  if (plan.wanted_share < 1)
    text += "this shard has " + percent(plan.wanted_share) + " of the sweep's draws\n";
  if (plan.done_share > 0)
    text += "the store has " + percent(plan.done_share / plan.wanted_share) +
            " of them already; below is the rest\n";
  return text;
}

std::string stopping_text(Stopping const& stopping) {
  std::string const text = "with --relative-error " + shortest(stopping.relative_error) + ", ";
  std::string parts;
  auto const add = [&](std::size_t points, std::string const& what) {
    if (points > 0) parts += (parts.empty() ? "" : ", ") + counted(points, "point") + what;
  };
  add(stopping.stopped, " will stop after " +
                            (stopping.fewest == stopping.most
                                 ? "about " + std::to_string(stopping.most)
                                 : std::to_string(stopping.fewest) + " to " + std::to_string(stopping.most)) +
                            " iterations");
  add(stopping.not_stopped, " will do all");
  add(stopping.unknown, " may do all (no exact variance is known)");
  return parts.empty() ? "" : wrapped(text + parts) + "\n";
}

/// How many runs of --max-time each engine needs.
std::string runs_text(Plan const& plan) {
  if (!plan.max_seconds) return {};
  std::string parts;
  for (EnginePlan const& engine : plan.engines) {
    if (!engine.seconds) continue;
    double const runs = std::max(1.0, std::ceil(*engine.seconds / *plan.max_seconds));
    parts += (parts.empty() ? "" : ", ") + std::string(engine.engine->name) + " " +
             (runs < 1e6 ? std::to_string(std::lround(runs)) : significant(runs, 2));
  }
  return parts.empty()
             ? ""
             : wrapped("runs of " + duration_text(*plan.max_seconds) + " that are needed: " + parts) + "\n";
}

/// A share, and the point that it is of: on one line where that is wide enough.
std::string half_width_text(std::string const& word, double share, Point const& point) {
  std::string const law = short_spec(fleet_spec(point)), indent(4, ' ');
  std::string const head = "  " + word + percent(share) + " (" + canonical_spec(point.strategy) + ", " +
                           counted(point.workers(), "worker") + ",";
  if (head.size() + law.size() + 2 <= line_width) return head + " " + law + ")\n";
  return head + "\n" + indent + wrapped_spec(law + ")", line_width - indent.size(), indent) + "\n";
}

GridRow engine_row(EnginePlan const& plan, DrawCounts const& draws) {
  EngineRow const& engine = *plan.engine;
  double const made = engine.draws(draws), traffic = engine.memory_traffic(draws);
  return {std::string(engine.name),
          significant(made, 3),
          plan.seconds && *plan.seconds > 0 ? significant(made / *plan.seconds, 3) : "-",
          plan.seconds ? seconds_text(*plan.seconds) : "-",
          traffic == 0 ? "-" : bytes_text(traffic),
          plan.memory == 0 ? "-" : bytes_text(static_cast<double>(plan.memory))};
}

/// What an engine runs on, or why it cannot.
std::string engine_text(EnginePlan const& plan) {
  if (!plan.problem.empty()) return "no: " + plan.problem;
  return plan.device + (plan.from_bench ? " (bench file)" : "") +
         (plan.from_bench && !plan.seconds ? "; the bench file has no such sweep" : "");
}

/// The engines that can run the sweep, and below them what each of all engines runs on.
std::string engines_text(Plan const& plan) {
  GridRow header{"engine", "draws", "draws/s", "time", "written", "at a time"};
  std::vector<Align> alignment(header.size(), Align::right);
  alignment.front() = Align::left;
  std::vector<GridRow> rows, devices;
  for (EnginePlan const& engine : plan.engines) {
    if (engine.problem.empty()) rows.push_back(engine_row(engine, plan.draws));
    devices.push_back({std::string(engine.engine->name), engine_text(engine)});
  }
  std::string const common = take_constants(header, alignment, rows);
  return common + (common.empty() ? "" : "\n") + aligned(header, alignment, rows) + "\n" +
         wrapped(aligned({"engine", "runs on"}, {Align::left, Align::left}, devices));
}

std::string busy_text(Plan const& plan) {
  if (plan.machine_share >= busy_share) return {};
  return wrapped("the machine was busy: a probe got " + percent(plan.machine_share) +
                 " of its processor time, so trust the ratios of the times; the sweep itself takes longer "
                 "while others compute") +
         "\n";
}

std::string precision_text(Plan const& plan, std::span<PlannedPoint const> all) {
  Precision const& precision = plan.precision;
  std::string const looked_at = precision.looked_at == plan.points
                                    ? counted(plan.points, "point")
                                    : counted(precision.looked_at, "point") + " of " +
                                          std::to_string(plan.points) + " that were looked at";
  std::string const title = "Half of the 95 % interval" +
                            std::string(plan.stopping ? " after all iterations" : "") +
                            ", as a share of the mean";
  if (!precision.best)
    return "\n" +
           wrapped(title + (precision.looked_at == 1
                                ? ": no exact variance of the point is known and finite"
                                : ": exact variances are known and finite for none of " + looked_at)) +
           "\n";
  std::size_t const known = precision.looked_at - precision.unknown;
  std::string const source = precision.looked_at == 1
                                 ? ", from its exact variance:"
                                 : ", from exact variances of " +
                                       (precision.unknown == 0 ? "" : std::to_string(known) + " of ") +
                                       looked_at + ":";
  auto const line = [&](std::string const& word, Precision::Extreme const& extreme) {
    return half_width_text(word, extreme.half_width, all[extreme.point].point());
  };
  std::string text = "\n" + wrapped(title + source) + "\n";
  text += known == 1 ? line("", *precision.best)
                     : line("from ", *precision.best) + line("to   ", *precision.worst);
  if (precision.unknown == 1) text += "  not known, or infinite, for the other\n";
  if (precision.unknown > 1)
    text += "  not known, or infinite, for the other " + std::to_string(precision.unknown) + "\n";
  return text;
}

}  // namespace

std::string plan_table(Plan const& plan, std::span<PlannedPoint const> points) {
  std::string iterations = std::to_string(plan.iterations);
  if (plan.most_iterations != plan.iterations) iterations += " to " + std::to_string(plan.most_iterations);
  return wrapped(counted(plan.points, "point") + " of " + iterations + " iterations; about " +
                 bytes_text(static_cast<double>(plan.memory)) + " for their results") +
         "\n" + (plan.stopping ? stopping_text(*plan.stopping) : "") + left_text(plan) + "\n" +
         engines_text(plan) + "\n" +
         wrapped(
             "time is what the sweep is expected to take; written are the delays that go through memory, "
             "at a time those that are in it") +
         "\n" + runs_text(plan) + busy_text(plan) + precision_text(plan, points);
}

}  // namespace dsgd
