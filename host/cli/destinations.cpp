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
#include "text/warn.hpp"

namespace dsgd {

namespace {

/// True where two paths lead to one file, or would if it existed.
bool are_same(std::string const& a, std::string const& b) {
  std::error_code none;
  auto const place = [&](std::string const& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, none), none);
  };
  return place(a) == place(b);
}

/// Files that a sweep reads or keeps, which no result may replace.
struct KeptFiles {
  std::vector<std::string> const &stores, &traces;

  /// @throws Error usage
  void require_none(OutputFile const& file, std::string const& path) const {
    auto const refuse = [&](std::vector<std::string> const& kept, char const* what) {
      for (std::string const& name : kept)
        if (!file.is_stdout() && are_same(name, file.destination()))
          throw Error(ExitCode::usage,
                      "'" + path + "' is " + what + " too (the result would replace it): name another file");
    };
    refuse(stores, "a store");
    refuse(traces, "a file of measured times");
  }
};

/// Heavy tails may leave all runtimes without a mean, and then nothing of what most figures draw.
void require_means(std::string const& plot, std::string const& kind, std::span<PlannedPoint const> points) {
  auto const has_mean = [](PlannedPoint const& point) { return runtime_tail_index(point.point()) > 1; };
  if (kind == "distribution" || std::any_of(points.begin(), points.end(), has_mean)) return;
  throw Error(ExitCode::usage,
              "--plot '" + plot + "' has nothing to draw (no point has a mean: it is infinite): " +
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

void require_json_name(std::string const& path, std::string const& command) {
  if (path.empty())
    throw Error(ExitCode::usage,
                "--output is empty (a file name is needed): name a file, or - for standard output");
  std::string const extension = std::filesystem::path(path).extension().string();
  if (!extension.empty() && extension != ".json")
    throw Error(ExitCode::usage, "--output '" + path + "' is not a .json file (" + command +
                                     " writes JSON and nothing else): name it .json");
}

void ResultOptions::add_to(CLI::App& command) {
  command
      .add_option(
          "-o,--output", outputs,
          "Write results: .csv, .json or .md by extension; '-' is standard output. Repeatable. A table "
          "of up to 40 rows is printed, too [a table on standard output]")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--format", format,
                  "csv, json or md, in place of the extension; without --output, to standard output")
      ->type_name("NAME");
  command.add_option("--plot", plots, "Draw the results: .png, .svg or .pdf (needs matplotlib). Repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--plot-kind", plot_kind,
                  "What --plot draws: auto, runtime, throughput (gradients per unit of time) or distribution "
                  "(of the runtime, up to 6 points); auto is runtime [auto]")
      ->type_name("KIND");
}

Destinations::Destinations(ResultOptions const& options, std::span<PlannedPoint const> points,
                           std::vector<std::string> const& stores, std::vector<std::string> const& traces) {
  KeptFiles const kept{stores, traces};
  std::vector<std::string> paths = options.outputs;
  std::optional<std::string> const &format = options.format, &kind = options.plot_kind;
  if (format && format->empty())
    throw Error(ExitCode::usage, "--format is empty (a name is needed): use csv, json or md");
  if (paths.empty() && format) paths.emplace_back("-");
  for (std::string const& path : paths) {
    if (path.empty())
      throw Error(ExitCode::usage,
                  "--output is empty (a file name is needed): name a file, or - for standard output");
    formats_.push_back(&choose_format(path, format.value_or("")));
    OutputFile file(path);
    auto const same = [&](OutputFile const& other) { return other.destination() == file.destination(); };
    if (std::any_of(files_.begin(), files_.end(), same))
      throw Error(ExitCode::usage,
                  "--output '" + path + "' is named twice (one would overwrite the other): name it once");
    kept.require_none(file, path);
    files_.push_back(std::move(file));
  }
  auto const is_stdout = [](OutputFile const& file) { return file.is_stdout(); };
  if (std::none_of(files_.begin(), files_.end(), is_stdout)) table_.emplace("-");
  if (kind && options.plots.empty())
    throw Error(ExitCode::usage, "--plot-kind '" + *kind +
                                     "' is given without --plot (which names the figure's file): give both");
  for (std::string const& plot : options.plots) {
    Plotter plotter(plot, kind.value_or("auto"), points.size());
    require_means(plot, kind.value_or("auto"), points);
    kept.require_none(OutputFile(plot), plot);
    auto const same = [&](auto const& other) { return other.destination() == plotter.destination(); };
    if (std::any_of(files_.begin(), files_.end(), same))
      throw Error(ExitCode::usage,
                  "--plot '" + plot + "' is an --output too (one would overwrite the other): name another");
    if (std::any_of(plotters_.begin(), plotters_.end(), same))
      throw Error(ExitCode::usage,
                  "--plot '" + plot + "' is named twice (one would overwrite the other): name it once");
    plotters_.push_back(std::move(plotter));
  }
}

bool Destinations::take_partial() const {
  return std::any_of(formats_.begin(), formats_.end(),
                     [](OutputFormat const* format) { return format->partial; });
}

bool Destinations::write(Document const& document) {
  bool const stopped = !document.complete && !document.shard;
  std::vector<bool> is_written;
  std::vector<std::string> contents(files_.size());
  for (std::size_t i = 0; i < files_.size(); ++i) {
    bool const stays =
        stopped && formats_[i]->partial && files_[i].is_replaced() && holds_more(files_[i].destination());
    if (stays)
      inform("'" + files_[i].shown() +
             "' stays as it was (a stopped run replaces only results of stopped runs): name another --output "
             "to keep what is finished");
    is_written.push_back(document.complete || (formats_[i]->partial && !stays));
    if (!is_written[i]) continue;
    contents[i] = formats_[i]->text(document);
    files_[i].stage(contents[i]);
  }
  for (bool const replaced : {false, true})
    for (std::size_t i = 0; i < files_.size(); ++i)
      if (is_written[i] && files_[i].is_replaced() == replaced) files_[i].commit(contents[i]);
  if (table_ && (document.complete || document.missing != 0)) table_->commit(summary(document));
  if (!document.complete) return true;
  return std::all_of(plotters_.begin(), plotters_.end(),
                     [&](Plotter& plotter) { return plotter.draw(json_text(document)); });
}

/// The table, unless it is long and all of it stands in a file.
std::string Destinations::summary(Document const& document) const {
  if (files_.empty() || !document.complete || document.rows.size() <= max_rows_beside_files)
    return table_text(document);
  std::string names;
  for (OutputFile const& file : files_) names.append(names.empty() ? "" : ", ").append(file.shown());
  return std::to_string(document.rows.size()) + " points written to " + names + "\n";
}

}  // namespace dsgd
