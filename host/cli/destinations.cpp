#include "cli/destinations.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "dsgd/error.hpp"
#include "exact/point.hpp"
#include "text/plain_text.hpp"
#include "text/warn.hpp"

namespace dsgd {

namespace {

/// Heavy tails may leave all runtimes without a mean, and then nothing of what most figures draw.
void require_means(std::string const& plot, std::string const& kind, std::span<PlannedPoint const> points) {
  auto const has_mean = [](PlannedPoint const& point) { return runtime_tail_index(point.point()) > 1; };
  if (kind == "distribution" || std::any_of(points.begin(), points.end(), has_mean)) return;
  throw Error(ExitCode::usage, "--plot '" + plot + "' has nothing to draw",
              "no point has a mean: it is infinite",
              (points.size() > Plotter::max_distributions
                   ? "leave --plot out, or sweep at most " + std::to_string(Plotter::max_distributions) +
                         " points with --plot-kind distribution"
                   : "give --plot-kind distribution, or leave --plot out"));
}

/// True of a file that a stopped run should not replace: it holds something, and no result of a stopped run.
bool holds_more(std::string const& path) {
  std::error_code none;
  if (!std::filesystem::exists(path, none)) return false;
  std::ifstream file(path);
  if (!file) return true;  // nobody knows what it holds
  std::string const text{std::istreambuf_iterator<char>(file), {}};
  bool const stopped = text.find("\"dsgd.sweep/") != std::string::npos &&
                       text.find("\"complete\":false") != std::string::npos;  // as json_text() writes the run
  return !text.empty() && !stopped;
}

}  // namespace

void ResultOptions::add_to(CLI::App& command) {
  files.add_to(command);
  command.add_option("--plot", plots, "Draw the results: .png, .svg or .pdf (needs matplotlib). Repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--plot-kind", plot_kind,
                  "What --plot draws: auto, runtime, throughput (gradients per unit of time) or distribution "
                  "(of the runtime, up to 6 points); auto is runtime [auto]")
      ->type_name("KIND");
  command.add_option("--unit", unit, "Unit of the times, a label for tables, figures and JSON [none]")
      ->type_name("TEXT");
}

Destinations::Destinations(ResultOptions const& options, std::span<PlannedPoint const> points,
                           std::vector<std::string> const& stores, std::vector<std::string> const& traces)
    : files_(options.files, {stores, traces}) {
  KeptFiles const kept{stores, traces};
  check_unit(options.unit);
  std::optional<std::string> const& kind = options.plot_kind;
  if (!files_.take_stdout()) table_.emplace("-");
  if (kind && options.plots.empty())
    throw Error(ExitCode::usage, "--plot-kind '" + *kind + "' is given without --plot",
                "which names the figure's file", "give both");
  for (std::string const& plot : options.plots) {
    Plotter plotter(plot, kind.value_or("auto"), points.size());
    require_means(plot, kind.value_or("auto"), points);
    figures_.add(plot, std::move(plotter), files_, kept);
  }
}

bool Destinations::take_partial() const {
  for (std::size_t i = 0; i < files_.size(); ++i)
    if (files_.format(i).partial) return true;
  return false;
}

bool Destinations::write(Document const& document) {
  bool const stopped = !document.complete && !document.shard;
  std::vector<std::optional<std::string>> contents(files_.size());
  for (std::size_t i = 0; i < files_.size(); ++i) {
    OutputFile const& file = files_.file(i);
    OutputFormat const& format = files_.format(i);
    bool const stays = stopped && format.partial && file.is_replaced() && holds_more(file.destination());
    if (stays)
      inform("'" + file.shown() +
             "' stays as it was (a stopped run replaces only results of stopped runs): name another --output "
             "to keep what is finished");
    if (document.complete || (format.partial && !stays)) contents[i] = format.text(document);
  }
  files_.write(contents);
  if (table_ && (document.complete || document.missing != 0)) table_->commit(summary(document));
  if (!document.complete) return true;
  return figures_.draw(json_text(document));
}

/// The table, unless it is long and all of it stands in a file.
std::string Destinations::summary(Document const& document) const {
  std::optional<std::string> const line = files_.in_place_of_table(document.rows.size());
  return line && document.complete ? *line : table_text(document);
}

}  // namespace dsgd
