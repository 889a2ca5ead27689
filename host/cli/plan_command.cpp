#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/sweep_options.hpp"
#include "dsgd/error.hpp"
#include "output/provenance.hpp"
#include "plan/bench_figures.hpp"
#include "plan/plan_text.hpp"
#include "run/progress.hpp"
#include "sweep/description.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

struct PlanOptions {
  SweepOptions sweep;
  std::optional<std::string> bench;
};

/// Is there a file that a sweep has written, which a plan should not replace?
bool holds_sweep(std::string const& path) {
  if (!std::filesystem::is_regular_file(path)) return false;
  std::string head(200, '\0');
  std::ifstream(path).read(head.data(), static_cast<std::streamsize>(head.size()));
  return head.find("\"dsgd.sweep/") != std::string::npos;
}

/// Where the plan goes: of the results that the sweep would write, those in JSON.
std::vector<OutputFile> plan_files(ResultOptions const& options) {
  std::vector<std::string> paths = options.files.outputs;
  if (paths.empty() && options.files.format == "json") paths.emplace_back("-");
  std::vector<OutputFile> files;
  for (std::string const& path : paths) {
    if (path.empty())
      throw Error(ExitCode::usage, "--output is empty", "a file name is needed",
                  "name a file, or - for standard output");
    bool const on_stdout = path == "-" && !options.files.format;
    if (!on_stdout && choose_format(path, options.files.format.value_or("")).name != "json") continue;
    if (holds_sweep(path))
      inform("'" + path + "' stays as it is (it holds results of a sweep): for the plan, name another file");
    else
      files.emplace_back(path);
  }
  return files;
}

void run_plan(PlanOptions const& options) {
  SweepOptions const& typed = options.sweep;
  std::optional<PlannedSweep> stored = stored_sweep(typed);
  bool const continued = stored.has_value();
  std::optional<double> const most_seconds = max_seconds(typed);
  PlannedSweep const sweep = continued ? *std::move(stored) : typed_sweep(typed);
  progress_mode(typed.progress);
  PlanRequest request;
  request.engine = typed.engine;
  request.options = typed.hardware.parse();
  request.relative_error = sweep.request.relative_error;
  if (options.bench) request.bench = read_bench_figures(*options.bench);
  std::vector<OutputFile> files = plan_files(typed.results);
  OutputFile table("-");
  request.work = typed.store ? work_beside(*typed.store, sweep, typed.joining()) : work_of(sweep);

  Provenance const provenance = provenance_now(typed.argv);
  if (continued) inform(continuation_text(*typed.store, sweep.request));
  for (std::string const& warning : sweep.warnings) warn(warning);
  Plan plan = make_plan(sweep.points, request);
  plan.max_seconds = most_seconds;
  bool on_stdout = false;
  for (OutputFile& file : files) {
    std::string const json = plan_json(plan, sweep.points, provenance);
    file.stage(json);
    file.commit(json);
    on_stdout = on_stdout || file.is_stdout();
  }
  if (!on_stdout) table.commit(plan_table(plan, sweep.points));
}

}  // namespace

void add_plan_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<PlanOptions>();
  options->sweep.argv = argv;
  options->sweep.plans = true;
  CLI::App& command = *app.add_subcommand(
      "plan",
      "What a sweep would cost (draws, bytes, seconds) and how precise it would be, without running it");
  add_point_options(command, &options->sweep);
  add_run_options(command, &options->sweep);
  command.get_option("--strategy")
      ->description("Whom the server waits for; 'dsgd help sweep' lists them [sync,async]. Repeatable");
  command.get_option("--shard")->description(
      "Plan the I-th of N parts of the sweep; needs no --store here [1/1]");
  command.get_option("--output")
      ->description(
          "Write the plan as JSON; '-' is standard output. CSV and Markdown, and JSON that holds results, "
          "are left to the sweep. Repeatable [a table on standard output]");
  command
      .add_option(
          "--bench", options->bench,
          "A file of 'dsgd bench --output', perhaps of another machine: its engines are not timed here")
      ->type_name("FILE");
  command.footer(
      "Takes all options of 'dsgd sweep': write plan in place of sweep. 'dsgd sweep --help' lists strategies "
      "and laws. A --store says what is done already, --shard takes its part, --relative-error shows after "
      "how many iterations points will probably stop, and --max-time how many runs are needed. Nothing is "
      "written but the plan.\n\n"
      "Each engine runs parts of the sweep, half a second in all, to see how fast it is; engines of this "
      "machine are timed by the processor time that they take, so that other programs disturb little. The "
      "precision follows from exact variances, where they are known.\n\n"
      "Examples:\n"
      "  dsgd plan -m 1:1024:x2 -n 1e9               how long, with which engine\n"
      "  dsgd plan -n 1e6 --strategy k-sync:k=90%    how precise\n"
      "  dsgd plan -n 1e12 --relative-error 0.1%     how many iterations\n"
      "  dsgd plan -n 1e12 --bench gpu.json          on another machine\n");
  command.callback([options, &command] {
    options->sweep.says_what = says_what_is_swept(command);
    run_plan(*options);
  });
}

}  // namespace dsgd
