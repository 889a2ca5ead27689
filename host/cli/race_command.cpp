#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/engine_options.hpp"
#include "cli/figures.hpp"
#include "cli/result_files.hpp"
#include "cli/watch.hpp"
#include "cli/what_options.hpp"
#include "race/model.hpp"
#include "race/race_text.hpp"
#include "text/plain_text.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

struct RaceOptions {
  std::vector<std::string> argv;
  RaceTexts what;
  std::string engine = "auto";
  std::optional<std::string> threads;
  std::string unit;
  std::string progress = "auto";
  OutputOptions files;
  std::vector<std::string> plots;
};

void run_race(RaceOptions const& options) {
  RaceEngine engine{race_engine(options.engine),
                    ThreadAndDevice{options.threads, std::nullopt}.parse().threads};
  check_unit(options.unit);
  RaceTexts what = options.what;
  what.curves = !options.plots.empty();
  RaceRequest const request = parse_race_request(what);
  Watch const watch(options.progress);
  engine.stop = watch.stop();
  engine.meter = watch.meter();
  KeptFiles const kept{{}, files_of_laws(request.sweep.typed_laws)};
  ResultFiles files(options.files, kept);
  std::optional<OutputFile> table;
  if (!files.take_stdout()) table.emplace("-");
  Figures figures;
  for (std::string const& plot : options.plots) figures.add(plot, Plotter(plot), files, kept);

  RaceDocument const document = watch.run([&] { return race(request, engine, options.unit, options.argv); });
  for (std::string const& note : document.notes) inform(note);
  for (std::string const& warning : document.warnings) warn(warning);
  std::vector<std::optional<std::string>> contents;
  std::size_t rows = 0;
  for (RaceResult const& result : document.results) rows += result.rows.size();
  for (std::size_t i = 0; i < files.size(); ++i)
    contents.emplace_back(race_text(document, files.format(i).name));
  files.write(contents);
  if (table) {
    std::optional<std::string> const line = files.in_place_of_table(rows);
    table->commit(line ? *line : race_table(document));
  }
  if (!options.plots.empty()) watch.require_drawn(figures.draw(race_json(document)));
}

std::string how_races_go() {
  return "All workers begin at time 0 with the model 'start'. A strategy averages the mini-batches of an "
         "update, "
         "each computed of the model that its worker had when it began, and takes a step of the learning "
         "rate. "
         "The error is sum of curvature w^2/2 over directions.\n\n"
         "Keys of quadratic:\n" +
         model_help() +
         "\nWith minima= or spread=, workers have losses of their own, even ones to one side and odd ones to "
         "the other, whose mean is the model's. A loss in common is blind to the steps of local-sgd, whose "
         "averaged model then goes as under sync; curvatures that spread and minima that differ show "
         "them.\n\n"
         "expected is exact: after some updates under every law where gradients are fresh and as many at "
         "each "
         "update, and for async and k-async under exponential delays; at some time under exponential delays "
         "without communication; elsewhere it is -. '--learning-rate best' gives each strategy the rate with "
         "the least error at the last of the times, or the least time to the target.\n\n"
         "Files have: law, strategy, workers, learning_rate, time (empty in rows of --updates), "
         "replications, "
         "error, standard_error, ci95_low, ci95_high, expected, z, updates, staleness. JSON also has "
         "targets, "
         "winners, and curves where there is a --plot.\n\n"
         "Examples:\n"
         "  dsgd race --rate 1 --strategy sync,k-sync:k=4,k-async:k=2,async --times 1,5,20,100\n"
         "  dsgd race -m 16 --law lognormal:mu=0:sigma=0.5 --learning-rate best --target 0.01\n"
         "  dsgd race --law replay:file=times.csv:column=ms:worker=rank:step=step -o race.json\n"
         "  dsgd race --strategy local-sgd:steps=1,4,16:communication=0.5 --model "
         "quadratic:minima=1:spread=0.5\n";
}

}  // namespace

void add_race_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<RaceOptions>();
  options->argv = argv;
  CLI::App& command = *app.add_subcommand("race", "Error of SGD against time, per strategy");
  RaceTexts& what = options->what;
  add_swept_options(command, &what.what);
  command.get_option("--workers")
      ->description("Numbers of workers: 20, 1:20, 10:100:10, 1:1024:x2, commas between them [8]");
  command.get_option("--strategy")
      ->description(
          "Who races; 'dsgd help sweep' lists them [sync,k-sync:k=50%,k-async:k=50%,async]. Repeatable");
  command
      .add_option("--communication", what.what.communication,
                  "Time of an update's communication; 'dsgd help sweep' lists its forms [none]")
      ->type_name("SPEC");
  command.add_option("--model", what.model, "What is trained; see below [quadratic]")->type_name("SPEC");
  command
      .add_option("--learning-rate", what.learning_rate,
                  "Learning rates such as 0.1 or 0.05,0.1,0.2, or best: each strategy's own [0.1]")
      ->type_name("LIST");
  command
      .add_option("--times", what.times,
                  "Times at which the error is told, such as 1,5,20 or 1:1024:x2 [1 to 100 mean delays]")
      ->type_name("LIST");
  command.add_option("--updates", what.updates, "Also after so many updates, such as 1,10,100 [none]")
      ->type_name("LIST");
  command
      .add_option("--target", what.target, "Also the time to this error, up to the last of the times [none]")
      ->type_name("ERROR");
  command
      .add_option("-n,--replications", what.what.iterations,
                  "Runs of training that are averaged, 2 to 2^32 - 1 [10000]")
      ->type_name("N");
  command.add_option("-s,--seed", what.what.seed, "Seed, 0 to 2^64 - 1 [1]")->type_name("N");
  command
      .add_option("--draws", what.what.draws,
                  "independent, or common: one set of delays for all numbers of workers [independent]")
      ->type_name("CHOICE");
  command.add_option("--engine", options->engine, "auto, cpu, cuda or reference: same results [auto]")
      ->type_name("NAME");
  command.add_option("--threads", options->threads, "Threads, 1 to 4096 [all cores]")->type_name("N");
  command.add_option("--unit", options->unit, "Unit of the times, a label [none]")->type_name("TEXT");
  add_progress_option(command, &options->progress);
  options->files.add_to(command);
  command
      .add_option("--plot", options->plots,
                  "Draw errors against time: .png, .svg or .pdf (needs matplotlib). Repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command.footer(how_races_go());
  command.callback([options] { run_race(*options); });
}

}  // namespace dsgd
