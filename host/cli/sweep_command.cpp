#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "cli/commands.hpp"
#include "cli/destinations.hpp"
#include "cli/sweep_help.hpp"
#include "cli/sweep_options.hpp"
#include "cli/watch.hpp"
#include "cli/what_options.hpp"
#include "dsgd/error.hpp"
#include "engines/choose.hpp"
#include "ranks/ranks.hpp"
#include "run/progress.hpp"
#include "spec/spec.hpp"
#include "stop.hpp"
#include "sweep/description.hpp"
#include "sweep/run_sweep.hpp"
#include "text/plain_text.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

/// @throws Error always: what was stopped, why, and how it goes on
[[noreturn]] void report_stop(StopRequest const& stop, std::optional<std::string> const& store,
                              bool has_baseline, RunResult const& result) {
  if (has_baseline)
    throw Error(
        static_cast<ExitCode>(stop.exit_code()), "stopped by " + stop.reason(),
        "differences to --baseline need all iterations, and the same command starts from the beginning",
        "give fewer iterations or more time, or --store and no --baseline");
  if (store && result.gave_up)
    throw Error(ExitCode::stopped, "stopped by " + stop.reason(),
                "what is done is kept in '" + *store +
                    "', except replications that were not finished, which take long",
                "run the same command again, with more time, to continue");
  if (store)
    throw Error(ExitCode::stopped, "stopped by " + stop.reason(), "what is done is kept in '" + *store + "'",
                "run the same command again to continue");
  auto const finished = std::count(result.finished.begin(), result.finished.end(), true);
  throw Error(
      static_cast<ExitCode>(stop.exit_code()),
      "stopped by " + stop.reason() + " with " + std::to_string(finished) + " of " +
          std::to_string(result.finished.size()) +
          " points finished (without --store the same command starts from the beginning): give --store "
          "to be able to continue");
}

/// @throws Error always: the results are complete, but a signal has stopped the drawing of figures
[[noreturn]] void report_undrawn(StopRequest const& stop, bool has_store) {
  throw Error(has_store ? ExitCode::stopped : static_cast<ExitCode>(stop.exit_code()),
              "stopped by " + stop.reason() +
                  " while figures were drawn (they are not all there; all --output files are): run the same "
                  "command again");
}

/// A shard is no result: all that can be written of it is JSON that says so.
/// @throws Error usage
void require_whole(SweepOptions const& options, Shard shard) {
  if (shard.whole()) return;
  auto const is_json = [&](std::string const& path) {
    return choose_format(path, options.results.files.format.value_or("")).partial;
  };
  std::vector<std::string> paths = options.results.files.outputs;
  if (paths.empty() && options.results.files.format) paths.emplace_back("-");
  bool const all = std::all_of(paths.begin(), paths.end(), is_json);
  if (!all || !options.results.plots.empty())
    throw Error(ExitCode::usage, "a shard has a part of the result", "only --output in JSON can say so",
                "remove the other outputs and --plot here, and give them to 'dsgd merge'");
}

/// The stores of all shards as a pattern of the shell, where this shard's number stands in the name of its own.
std::string stores_of_shards(std::string const& store, Shard shard) {
  if (path_word(store) != store) return "STORE...";      // no quoted word is a pattern
  std::size_t const name = store.find_last_of('/') + 1;  // 0 where there is no folder
  auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t end = store.size(); end > name; --end) {
    if (!is_digit(store[end - 1])) continue;
    std::size_t begin = end;
    while (begin > name && is_digit(store[begin - 1])) --begin;
    std::string const digits = store.substr(begin, end - begin), number = std::to_string(shard.number);
    bool const is_number =
        digits.ends_with(number) && digits.find_first_not_of('0') == digits.size() - number.size();
    if (is_number) return store.substr(0, begin) + "*" + store.substr(end);
    end = begin + 1;
  }
  return "STORE...";
}

/// What comes after a shard that is done.
std::string next_of_shard(std::string const& store, Shard shard) {
  return "shard " + shard_text(shard) + " is whole in '" + store + "'; when all are: dsgd merge " +
         stores_of_shards(store, shard) + " -o results.csv";
}

/// Options that say what is swept, or which part of it.
constexpr std::array options_of_what{"--workers",       "--law",      "--rate",           "--strategy",
                                     "--iterations",    "--seed",     "--draws",          "--sampling",
                                     "--communication", "--server",   "--stragglers",     "--quantiles",
                                     "--updates",       "--baseline", "--relative-error", "--shard"};

/// What the store is of, where no option says what is swept.
std::optional<PlannedSweep> stored_by_one_process(SweepOptions const& options, Ranks const& ranks) {
  if (ranks.serving()) return std::nullopt;  // rank 0 refuses, and ends the launch
  std::optional<PlannedSweep> stored = stored_sweep(options);
  if (stored && !ranks.alone())
    throw Error(ExitCode::usage, "--store without the options of its sweep is for one process",
                "under mpirun only rank 0 reads the store",
                "add these: " + typed_text(describe(stored->request)));
  return stored;
}

/// How a sweep is carried out, as typed; lines for users go to stderr.
SweepSettings settings_of(SweepOptions const& options, bool continued) {
  SweepSettings settings;
  settings.engine = options.engine;
  settings.hardware = options.hardware.parse();
  settings.store = options.store;
  settings.joining = options.joining();
  settings.continued = continued;
  settings.argv = options.argv;
  settings.inform = inform;
  settings.warn = warn;
  return settings;
}

void run_command(SweepOptions const& options, Ranks& ranks) {
  std::optional<PlannedSweep> stored = stored_by_one_process(options, ranks);
  bool const continued = stored.has_value();
  std::optional<double> const most_seconds = max_seconds(options);
  ProgressMode const progress = progress_mode(options.progress);
  PlannedSweep const sweep = continued ? *std::move(stored) : typed_sweep(options);
  SweepSettings settings = settings_of(options, continued);
  check_engine_name(options.engine);
  if (ranks.serving()) return ranks.serve(sweep.points, *choose_engine(sweep.points, settings).engine);
  StopRequest stop(most_seconds);  // not where ranks serve: those wait for rank 0
  Destinations destinations(options.results, sweep.points,
                            options.store ? std::vector{*options.store} : std::vector<std::string>(),
                            files_of_laws(sweep.request.typed_laws));
  require_whole(options, sweep.request.shard);
  stop.restart();  // what draws figures may have taken long to begin

  settings.unfinished_rows = destinations.take_partial();
  settings.report = progress_reporter(progress);
  settings.stop = [&] { return stop.made(); };
  settings.share = [&](std::unique_ptr<Engine> own) {
    return ranks.share(std::move(own), sweep.points, [&] { return stop.made(); });
  };
  SweepOutcome outcome = run_sweep(sweep, std::move(settings));
  outcome.document.unit = options.results.unit;
  bool const drawn = destinations.write(outcome.document);
  if (outcome.store) require_in_place(*outcome.store);
  if (!outcome.run.complete)
    report_stop(stop, options.store, sweep.request.baseline.has_value(), outcome.run);
  if (!drawn) report_undrawn(stop, options.store.has_value());
  if (!sweep.request.shard.whole()) inform(next_of_shard(*options.store, sweep.request.shard));
}

}  // namespace

void add_engine_options(CLI::App& command, SweepOptions* options) {
  command
      .add_option("--engine", options->engine,
                  "auto, or one of those that 'dsgd devices' lists; the result is the same [auto]")
      ->type_name("NAME");
  options->hardware.add_to(command, "; engine auto is then one of those");
}

void add_watch_options(CLI::App& command, SweepOptions* options) {
  command
      .add_option("--max-time", options->max_time,
                  "Stop after 90s, 30m, 2h, 3d, 1:30:00 or 1-12:00:00, as a signal does [never]")
      ->type_name("TIME");
  add_progress_option(command, &options->progress);
}

void add_point_options(CLI::App& command, SweepOptions* options) {
  add_swept_options(command, &options->what);
  command
      .add_option("-n,--iterations", options->what.iterations,
                  "Iterations per point: 5000, 1e9, 1_000_000; 1 to 2^50 [5000]")
      ->type_name("N");
  command.add_option("-s,--seed", options->what.seed, "Seed of all draws, 0 to 2^64 - 1 [1]")->type_name("N");
  command
      .add_option(
          "--draws", options->what.draws,
          "independent: each number of workers draws for itself; common: one set of draws serves all, so "
          "that points are paired [independent]")
      ->type_name("CHOICE");
  add_runtime_options(command, &options->what);
  add_engine_options(command, options);
}

void add_run_options(CLI::App& command, SweepOptions* options) {
  add_updates_option(command, &options->what);
  options->results.add_to(command);
  command
      .add_option(
          "--baseline", options->what.baseline,
          "Compare each point with this strategy's by the draws that they share: differences of means, "
          "with intervals [none]")
      ->type_name("STRATEGY");
  command
      .add_option("--relative-error", options->what.relative_error,
                  "Stop a point once half its 95 % interval is below E of its mean, such as 0.01 or 1%; "
                  "--iterations is then the most it takes; 1e-9 to 1 [never]")
      ->type_name("E");
  command
      .add_option(
          "--store", options->store,
          "Keep what is done in this file, and continue from what it holds: after an interruption, when no "
          "other option of the sweep is needed, or with more points or iterations [none]")
      ->type_name("FILE.db");
  command.add_flag("--add", options->add,
                   "Also put points into a store of another sweep (same seed and draws); without it a store "
                   "takes those of a sweep that has all of its laws, strategies and workers, and maybe more");
  command.add_flag("--resume", options->resume,
                   "Accepted, and changes nothing: a sweep with a store always continues");
  command
      .add_option(
          "--shard", options->what.shard,
          "Compute the I-th of N parts of the sweep, for job arrays; needs --store; 'dsgd merge' joins "
          "the parts [1/1]")
      ->type_name("I/N");
  add_watch_options(command, options);
}

bool says_what_is_swept(CLI::App const& command) {
  return std::any_of(options_of_what.begin(), options_of_what.end(),
                     [&](char const* option) { return command.get_option(option)->count() != 0; });
}

void add_sweep_command(CLI::App& app, std::vector<std::string> const& argv, Ranks& ranks) {
  auto const options = std::make_shared<SweepOptions>();
  options->argv = argv;
  CLI::App& command =
      *app.add_subcommand("sweep", "Estimate the runtime per iteration at every point of a sweep");
  add_point_options(command, options.get());
  add_run_options(command, options.get());
  command.footer(sweep_help());
  command.callback([options, &ranks, &command] {
    options->says_what = says_what_is_swept(command);
    run_command(*options, ranks);
  });
}

void add_resume_command(CLI::App& app, std::vector<std::string> const& argv, Ranks& ranks) {
  auto const options = std::make_shared<SweepOptions>();
  options->argv = argv;
  options->resumes = true;
  CLI::App& command =
      *app.add_subcommand("resume", "Go on with the sweep of a store, until it is done or stopped");
  command.add_option("STORE", options->store, "A file of 'dsgd sweep --store'")->type_name("")->required();
  add_engine_options(command, options.get());
  options->results.add_to(command);
  add_watch_options(command, options.get());
  command.footer(
      "The same as 'dsgd sweep --store STORE' without options that say what is swept: the store says it. "
      "What is done is kept, and the results are those of a sweep that was never stopped.\n\n"
      "Example:\n"
      "  dsgd sweep -n 1e12 --store s.db --max-time 8h    one evening\n"
      "  dsgd status s.db                                 how far is it?\n"
      "  dsgd resume s.db --max-time 8h -o r.csv          the next\n");
  command.callback([options, &ranks] { run_command(*options, ranks); });
}

}  // namespace dsgd
