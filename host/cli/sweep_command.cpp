#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/destinations.hpp"
#include "cli/engine_options.hpp"
#include "cli/law_options.hpp"
#include "cli/worker_list.hpp"
#include "dsgd/error.hpp"
#include "engines/table.hpp"
#include "number.hpp"
#include "output/columns.hpp"
#include "output/provenance.hpp"
#include "progress.hpp"
#include "runner.hpp"
#include "spec.hpp"
#include "split.hpp"

namespace dsgd {
namespace {

/// As typed; everything is parsed here and not by CLI11, whose number types accept -1, 010 and 2^64 in
/// silence.
struct SweepOptions {
  std::vector<std::string> argv;
  std::string workers = "1:20";
  LawOptions law;
  std::vector<std::string> strategies;
  std::string iterations = "5000";
  std::string seed = "1";
  std::string draws = "independent";
  std::string engine = "auto";
  ThreadAndDevice hardware;
  std::vector<std::string> outputs;
  std::optional<std::string> format;
  std::optional<std::string> plot;
  std::string progress = "auto";
};

std::vector<Strategy> parse_strategies(std::vector<std::string> const& lists) {
  std::vector<Strategy> strategies;
  std::vector<std::string> seen;
  for (std::string const& list : lists)
    for (std::string_view const text : split(list, ',')) {
      strategies.push_back(parse_strategy(text));
      std::string const spec = canonical_spec(strategies.back());
      if (std::find(seen.begin(), seen.end(), spec) != seen.end())
        throw Error(ExitCode::usage,
                    "--strategy " + spec + " is given twice (its points would be the same): give it once");
      seen.push_back(spec);
    }
  return strategies;
}

Sweep parse_sweep(SweepOptions const& options) {
  Sweep sweep;
  sweep.workers = parse_workers(options.workers);
  sweep.laws = options.law.parse();
  if (!options.strategies.empty()) sweep.strategies = parse_strategies(options.strategies);
  sweep.iterations = parse_count(options.iterations, "--iterations", 1, max_iterations);
  sweep.seed = parse_count(options.seed, "--seed", 0, ~std::uint64_t{0});
  sweep.draws = parse_draws(options.draws);
  for (Law const& law : sweep.laws)
    for (Strategy const& strategy : sweep.strategies)
      if (!rank(strategy, law, 1))
        throw Error(ExitCode::usage,
                    "--strategy " + canonical_spec(strategy) + " cannot be had under " + canonical_spec(law) +
                        " (the law has a memory, and this version follows no clocks): use sync or fastest");
  if (sweep.workers.size() * sweep.laws.size() * sweep.strategies.size() > max_points)
    throw Error(ExitCode::usage,
                "the sweep has more than " + std::to_string(max_points) +
                    " points (their results are kept in memory): give --workers a larger step");
  return sweep;
}

void run_sweep(SweepOptions const& options) {
  Sweep const sweep = parse_sweep(options);
  ProgressMode const progress = progress_mode(options.progress);
  std::vector<Point> const points = expand(sweep);
  EngineOptions const engine_options = options.hardware.parse();
  check_engine_name(options.engine);
  Destinations destinations(options.outputs, options.format, options.plot);

  Document document{{}, sweep.seed, sweep.draws, true, provenance_now(options.argv)};
  ChosenEngine const chosen = make_engine(options.engine, count_draws(points), engine_options);
  RunResult const result = run(points, *chosen.engine, {.report = progress_reporter(progress)});

  for (std::size_t i = 0; i < points.size(); ++i)
    document.rows.push_back({points[i], estimate(points[i], result.summaries[i])});
  document.provenance.engine = chosen.row->name;
  document.provenance.device = chosen.engine->device();
  document.provenance.seconds = result.seconds;
  document.provenance.draws_per_second = result.draws / std::max(result.seconds, 1e-9);
  destinations.write(document);
}

std::string footer() {
  std::string text = "Columns of a result (times in the unit of the law):\n";
  for (Column const& column : result_columns()) {
    std::string name(column.name);
    name.resize(20, ' ');
    text.append("  ").append(name).append(column.meaning).append("\n");
  }
  return text +
         "\nExamples:\n"
         "  dsgd sweep                                          the notebook: m = 1..20, rate 2, 5000 "
         "iterations\n"
         "  dsgd sweep -m 1:1024:x2 -n 1e6 -o results.csv       powers of two, a million iterations each\n"
         "  dsgd sweep --rate 0.5 --strategy sync --plot m.svg  mean delay 2, one curve, as a figure\n"
         "  dsgd sweep -m 20 -o - --format json                 one point, as JSON on standard output\n";
}

}  // namespace

void add_sweep_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<SweepOptions>();
  options->argv = argv;
  CLI::App& command =
      *app.add_subcommand("sweep", "Estimate the runtime per iteration at every point of a sweep");
  command
      .add_option(
          "-m,--workers", options->workers,
          "Numbers of workers: 20, 1:20, 10:100:10, 1:1024:x2, commas between them; 1 to 16777215 [1:20]")
      ->type_name("LIST");
  options->law.add_to(command);
  std::string forms;
  for (std::string const& form : strategy_forms()) forms.append(forms.empty() ? "" : ", ").append(form);
  command
      .add_option("--strategy", options->strategies,
                  "Whom the server waits for: " + forms + " [sync,async]. Repeatable")
      ->type_name("SPEC[,SPEC...]")
      ->allow_extra_args(false);
  command
      .add_option("-n,--iterations", options->iterations,
                  "Iterations per point: 5000, 1e9, 1_000_000; 1 to 2^50 [5000]")
      ->type_name("N");
  command.add_option("-s,--seed", options->seed, "Seed of all draws, 0 to 2^64 - 1 [1]")->type_name("N");
  command
      .add_option(
          "--draws", options->draws,
          "independent: each number of workers draws for itself; common: one set of draws serves all, so "
          "that points are paired [independent]")
      ->type_name("CHOICE");
  command
      .add_option("--engine", options->engine,
                  "auto, or one of those that 'dsgd devices' lists; the result is the same [auto]")
      ->type_name("NAME");
  options->hardware.add_to(command);
  command
      .add_option(
          "-o,--output", options->outputs,
          "Write results: .csv, .json or .md by extension; '-' is standard output. Repeatable [a table on "
          "standard output]")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--format", options->format,
                  "csv, json or md, whatever the extension; alone, to standard output")
      ->type_name("NAME");
  command.add_option("--plot", options->plot, "Draw the results: .png, .svg or .pdf (needs matplotlib)")
      ->type_name("FILE");
  command
      .add_option(
          "--progress", options->progress,
          "auto, bar, text or none, on stderr; auto is a bar on a terminal and nothing elsewhere [auto]")
      ->type_name("FORM");
  command.footer(footer());
  command.callback([options] { run_sweep(*options); });
}

}  // namespace dsgd
