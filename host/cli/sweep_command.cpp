#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/destinations.hpp"
#include "cli/sweep_options.hpp"
#include "dsgd/error.hpp"
#include "engines/table.hpp"
#include "number.hpp"
#include "output/columns.hpp"
#include "output/provenance.hpp"
#include "progress.hpp"
#include "ranks/ranks.hpp"
#include "runner.hpp"
#include "spec.hpp"
#include "warn.hpp"

namespace dsgd {
namespace {

/// Of runtimes whose tail is so heavy that an average tells nothing.
void warn_of_missing_means(std::vector<ResultRow> const& rows) {
  auto const missing =
      std::count_if(rows.begin(), rows.end(), [](ResultRow const& row) { return !row.estimate.mean; });
  if (missing != 0)
    warn(std::to_string(missing) + " of " + std::to_string(rows.size()) +
         " points have no mean: it is infinite; --quantiles are finite");
}

void run_sweep(SweepOptions const& options, Ranks& ranks) {
  Sweep const sweep = parse_sweep(options);
  ProgressMode const progress = progress_mode(options.progress);
  std::vector<double> const quantiles = parse_quantiles(options);
  std::optional<std::uint64_t> updates;
  if (options.updates) updates = parse_count(*options.updates, "--updates", 1, max_iterations);
  std::vector<Point> const points = points_of(sweep);
  EngineOptions const engine_options = options.hardware.parse();
  check_engine_name(options.engine);
  std::vector<Observable> observables;
  observables.reserve(points.size());
  for (Point const& point : points) observables.push_back(observable(point));
  auto const own_engine = [&] {
    return make_engine(options.engine, {count_draws(points), observables}, engine_options);
  };
  if (ranks.serving()) return ranks.serve(points, *own_engine().engine);
  Destinations destinations(options.outputs, options.format,
                            {options.plot, options.plot_kind, points.size()});

  Document document{};
  document.seed = sweep.seed;
  document.draws = sweep.draws;
  document.sampling = sweep.sampling;
  document.communication = sweep.communication;
  document.quantiles = quantiles;
  document.updates = updates;
  document.provenance = provenance_now(options.argv);
  ChosenEngine chosen = own_engine();
  chosen.engine = ranks.share(std::move(chosen.engine), points);
  report_traces(sweep);
  warn_of_points(sweep, points);
  RunResult const result = run(points, *chosen.engine, {.report = progress_reporter(progress)});

  for (std::size_t i = 0; i < points.size(); ++i)
    document.rows.push_back({points[i], estimate(points[i], result.summaries[i], quantiles)});
  warn_of_missing_means(document.rows);
  document.provenance.engine = chosen.row->name;
  document.provenance.device = chosen.engine->device();
  document.provenance.seconds = result.seconds;
  document.provenance.draws_per_second = result.draws / std::max(result.seconds, 1e-9);
  destinations.write(document);
}

/// One line each: how it is written, and what it is.
std::string listing(std::string const& title, std::vector<SpecHelp> const& entries) {
  std::size_t width = 0;
  for (SpecHelp const& entry : entries) width = std::max(width, entry.form.size());
  std::string text = title + "\n";
  for (SpecHelp const& entry : entries)
    text += "  " + entry.form + std::string(width - entry.form.size() + 2, ' ') + entry.meaning + "\n";
  return text + "\n";
}

std::string footer() {
  std::string text =
      listing(
          "Strategies (X: delay, m: workers; k, spare and stragglers are numbers, lists such as 1..8, or "
          "percentages of m):",
          strategy_help()) +
      listing("Laws:", law_help()) +
      listing("Communication (m: workers, transfer: time in which the model passes one link):",
              communication_help()) +
      "Columns of a result (times in the unit of the law):\n";
  for (Column const& column : result_columns()) {
    std::string name(column.name);
    name.resize(20, ' ');
    text.append("  ").append(name).append(column.meaning).append("\n");
  }
  return text +
         "expected and z are null where no closed form or quadrature is known: k-async under laws with "
         "memory,\n"
         "k-batch-sync and local-sgd where sums of delays have no known law (pareto, weibull, lognormal,\n"
         "hyperexponential, empirical), some fleets; mean is null where it is infinite. JSON also has the\n"
         "distribution [low, high, count, exact probability or null] where --quantiles or --plot-kind ask "
         "for\n"
         "it, and the staleness of gradients where clocks are followed.\n"
         "\nExamples:\n"
         "  dsgd sweep                                          the notebook: m = 1..20, rate 2, 5000 "
         "iterations\n"
         "  dsgd sweep -m 1:1024:x2 -n 1e6 -o results.csv       powers of two, a million iterations each\n"
         "  dsgd sweep -m 20 --strategy k-sync:k=1..20 --law pareto:scale=1:shape=2.5\n"
         "                                                      what waiting for fewer workers is worth\n"
         "  dsgd sweep --rate 0.5 --strategy sync --plot m.svg  mean delay 2, one curve, as a figure\n"
         "  dsgd sweep -m 20 -o - --format json                 one point, as JSON on standard output\n";
}

}  // namespace

void add_point_options(CLI::App& command, SweepOptions* options) {
  command
      .add_option(
          "-m,--workers", options->workers,
          "Numbers of workers: 20, 1:20, 10:100:10, 1:1024:x2, commas between them; 1 to 16777215 [1:20]")
      ->type_name("LIST");
  options->law.add_to(command);
  command
      .add_option("--strategy", options->strategies,
                  "Whom the server waits for; listed below [sync,async]. Repeatable")
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
      .add_option(
          "--sampling", options->sampling,
          "workers: draw the delay of every worker; order-statistics: draw the order statistic itself, "
          "at a cost that does not depend on the workers, up to 2^62 - 1 of them [workers]")
      ->type_name("CHOICE");
  command
      .add_option("--communication", options->communication,
                  "Time of an update's communication where all workers meet; listed below [none]")
      ->type_name("SPEC");
  command
      .add_option("--quantiles", options->quantiles,
                  "Quantiles of the runtime with 95 % intervals, such as 0.5,0.99 [none]")
      ->type_name("LIST");
  command
      .add_option("--engine", options->engine,
                  "auto, or one of those that 'dsgd devices' lists; the result is the same [auto]")
      ->type_name("NAME");
  options->hardware.add_to(command);
}

void add_sweep_command(CLI::App& app, std::vector<std::string> const& argv, Ranks& ranks) {
  auto const options = std::make_shared<SweepOptions>();
  options->argv = argv;
  CLI::App& command =
      *app.add_subcommand("sweep", "Estimate the runtime per iteration at every point of a sweep");
  add_point_options(command, options.get());
  command
      .add_option("--updates", options->updates,
                  "Also the time of N updates in a row, where they are independent [none]")
      ->type_name("N");
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
      .add_option("--plot-kind", options->plot_kind,
                  "What --plot draws: auto, runtime, throughput (gradients per unit of time) or distribution "
                  "(of the runtime, up to 6 points); auto is runtime [auto]")
      ->type_name("KIND");
  command
      .add_option(
          "--progress", options->progress,
          "auto, bar, text or none, on stderr; auto is a bar on a terminal and nothing elsewhere [auto]")
      ->type_name("FORM");
  command.footer(footer());
  command.callback([options, &ranks] { run_sweep(*options, ranks); });
}

}  // namespace dsgd
