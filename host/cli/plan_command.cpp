#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/sweep_options.hpp"
#include "dsgd/error.hpp"
#include "output/bench_figures.hpp"
#include "output/file.hpp"
#include "output/plan_text.hpp"
#include "output/provenance.hpp"

namespace dsgd {
namespace {

struct PlanOptions {
  SweepOptions sweep;
  std::optional<std::string> bench;
  std::optional<std::string> output;
};

void run_plan(PlanOptions const& options) {
  Sweep const sweep = parse_sweep(options.sweep);
  parse_quantiles(options.sweep);
  SweptPoints const kept = points_of(sweep);
  std::vector<Point> const& points = kept.points;
  PlanRequest request;
  request.engine = options.sweep.engine;
  request.options = options.sweep.hardware.parse();
  if (options.bench) request.bench = read_bench_figures(*options.bench);
  if (options.output) require_json_name(*options.output, "plan");
  OutputFile table("-");
  std::optional<OutputFile> file;
  if (options.output) file.emplace(*options.output);

  Provenance const provenance = provenance_now(options.sweep.argv);
  warn_of_points(sweep, kept);
  Plan const plan = make_plan(points, request);
  if (file) {
    std::string const json = plan_json(plan, points, provenance);
    file->stage(json);
    file->commit(json);
    if (file->is_stdout()) return;
  }
  table.commit(plan_table(plan, points));
}

}  // namespace

void add_plan_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<PlanOptions>();
  options->sweep.argv = argv;
  CLI::App& command = *app.add_subcommand(
      "plan",
      "What a sweep would cost (draws, bytes, seconds) and how precise it would be, without running it");
  add_point_options(command, &options->sweep);
  command
      .add_option(
          "--bench", options->bench,
          "A file of 'dsgd bench --output', perhaps of another machine: its engines are not timed here")
      ->type_name("FILE");
  command.add_option("-o,--output", options->output, "Write the plan as JSON; '-' is standard output")
      ->type_name("FILE");
  command.footer(
      "Takes the options that say what 'dsgd sweep' is to compute; 'dsgd sweep --help' lists strategies and\n"
      "laws. Each engine runs parts of the very sweep, half a second in all, to see how fast it is; the\n"
      "precision follows from exact variances, where they are known.\n\n"
      "Examples:\n"
      "  dsgd plan -m 1:1024:x2 -n 1e9                             how long, with which engine\n"
      "  dsgd plan -m 20 -n 1e6 --law pareto:scale=1:shape=2.5     how precise\n"
      "  dsgd plan -n 1e12 --bench gpu.json                        on the machine that wrote gpu.json\n");
  command.callback([options] { run_plan(*options); });
}

}  // namespace dsgd
