#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/destinations.hpp"
#include "cli/results.hpp"
#include "cli/sweep_help.hpp"
#include "cli/sweep_options.hpp"
#include "cli/sweep_store.hpp"
#include "dsgd/error.hpp"
#include "engines/table.hpp"
#include "progress.hpp"
#include "ranks/ranks.hpp"
#include "runner.hpp"
#include "stop.hpp"
#include "store/join.hpp"
#include "store/resume.hpp"

namespace dsgd {
namespace {

/// @throws Error always: what was stopped, why, and how it goes on
[[noreturn]] void report_stop(StopRequest const& stop, std::optional<std::string> const& store,
                              bool gave_up) {
  if (store && gave_up)
    throw Error(ExitCode::stopped, "stopped by " + stop.reason() + " (what is done is kept in '" + *store +
                                       "', except replications that were not finished, which take long): run "
                                       "the same command again, with more time, to continue");
  if (store)
    throw Error(ExitCode::stopped, "stopped by " + stop.reason() + " (what is done is kept in '" + *store +
                                       "'): run the same command again to continue");
  throw Error(static_cast<ExitCode>(stop.exit_code()),
              "stopped by " + stop.reason() +
                  " (without --store, only an --output in JSON keeps what was done): give --store to be able "
                  "to continue");
}

/// A shard is no result: all that can be written of it is JSON that says so.
/// @throws Error usage
void require_whole(SweepOptions const& options, Shard shard) {
  if (shard.whole()) return;
  auto const is_json = [&](std::string const& path) {
    return choose_format(path, options.results.format.value_or("")).partial;
  };
  bool const all = std::all_of(options.results.outputs.begin(), options.results.outputs.end(), is_json);
  if (!all || !options.results.plots.empty())
    throw Error(ExitCode::usage,
                "--shard gives a part of the result (only --output in JSON can say so): remove the other "
                "outputs and --plot here, and give them to 'dsgd merge'");
}

void run_sweep(SweepOptions const& options, Ranks& ranks) {
  SweepRun const how = parse_sweep_run(options);
  Sweep const sweep = parse_sweep(options);
  ProgressMode const progress = progress_mode(options.progress);
  Document document = begin_document(options, sweep);
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
  StopRequest const stop(how.max_seconds);  // not where ranks serve: those wait for rank 0
  Destinations destinations(options.results, points,
                            options.store ? std::vector{*options.store} : std::vector<std::string>());
  require_whole(options, how.shard);

  ChosenEngine chosen = own_engine();
  chosen.engine = ranks.share(std::move(chosen.engine), points, [&] { return stop.made(); });

  RunOptions run_options{.report = progress_reporter(progress),
                         .stop = [&] { return stop.made(); },
                         .relative_error = how.relative_error};
  std::optional<Store> store;
  std::vector<PointWork> work;
  if (options.store) {
    Description const description = describe(options, sweep, how);
    store.emplace(*options.store, description);
    work = resume(*store, points, how.shard, shard_by(how.relative_error));
    store->note_sweep(description);
    run_options.save = [&](std::span<std::size_t const> numbers, std::span<PointWork const> done) {
      save(*store, points, numbers, done);
    };
  } else {
    for (Point const& point : points) work.push_back(whole_work(point));
  }
  report_traces(sweep);
  warn_of_points(sweep, points);
  RunResult const result = run(points, std::move(work), *chosen.engine, run_options);

  document.complete = result.complete && how.shard.whole();
  // Exact values take time that whoever stops a run has not.
  if (document.complete || destinations.take_partial()) add_rows(document, points, result.summaries);
  document.provenance.engine = chosen.row->name;
  document.provenance.device = chosen.engine->device();
  document.provenance.seconds = result.seconds;
  document.provenance.draws_per_second = result.draws / std::max(result.seconds, 1e-9);
  destinations.write(document);
  if (!result.complete) report_stop(stop, options.store, result.gave_up);
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
                  "Time of an update's communication, added once per update under every strategy but async, "
                  "k-async and k-batch-async; listed below [none]")
      ->type_name("SPEC");
  command
      .add_option("--quantiles", options->quantiles,
                  "Quantiles of the runtime with 95 % intervals, such as 0.5,0.99 or 50%,99% [none]")
      ->type_name("LIST");
  command
      .add_option("--engine", options->engine,
                  "auto, or one of those that 'dsgd devices' lists; the result is the same [auto]")
      ->type_name("NAME");
  options->hardware.add_to(command, "; engine auto is then one of those");
}

void add_run_options(CLI::App& command, SweepOptions* options) {
  command
      .add_option("--updates", options->updates,
                  "Also the time of N updates in a row, where they are independent [none]")
      ->type_name("N");
  options->results.add_to(command);
  command
      .add_option("--relative-error", options->relative_error,
                  "Stop a point once half its 95 % interval is below E of its mean, such as 0.01 or 1%; "
                  "--iterations is then the most it takes; 1e-9 to 1 [never]")
      ->type_name("E");
  command
      .add_option(
          "--store", options->store,
          "Keep what is done in this file, and continue from what it holds: after an interruption, or "
          "with more points or iterations [none]")
      ->type_name("FILE.db");
  command.add_flag("--resume", options->resume,
                   "Accepted, and changes nothing: a sweep with a store always continues");
  command
      .add_option(
          "--shard", options->shard,
          "Compute the I-th of N parts of the sweep, for job arrays; needs --store; 'dsgd merge' joins "
          "the parts [1/1]")
      ->type_name("I/N");
  command
      .add_option("--max-time", options->max_time,
                  "Stop after 90s, 30m, 2h, 3d, 1:30:00 or 1-12:00:00, as a signal does [never]")
      ->type_name("TIME");
  command
      .add_option(
          "--progress", options->progress,
          "auto, bar, text or none, on stderr; auto is a bar on a terminal and nothing elsewhere [auto]")
      ->type_name("FORM");
}

void add_sweep_command(CLI::App& app, std::vector<std::string> const& argv, Ranks& ranks) {
  auto const options = std::make_shared<SweepOptions>();
  options->argv = argv;
  CLI::App& command =
      *app.add_subcommand("sweep", "Estimate the runtime per iteration at every point of a sweep");
  add_point_options(command, options.get());
  add_run_options(command, options.get());
  command.footer(sweep_help());
  command.callback([options, &ranks] { run_sweep(*options, ranks); });
}

}  // namespace dsgd
