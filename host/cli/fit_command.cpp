#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/figures.hpp"
#include "cli/fit_options.hpp"
#include "cli/result_files.hpp"
#include "cli/watch.hpp"
#include "fit/fit.hpp"
#include "fit/fit_document.hpp"
#include "output/provenance.hpp"

namespace dsgd {
namespace {

struct FitOptions {
  std::vector<std::string> argv;
  FitTexts what;
  std::string progress = "auto";
  std::vector<std::string> outputs, plots;
};

/// The keys of tables, as options.
void add_table_options(CLI::App& command, TableKeys& keys, std::string& skip) {
  command.add_option("FILE", keys.file, "CSV file of measured times")->type_name("")->required();
  command.add_option("--column", keys.column, "Column of the times, by name or number [the only one]")
      ->type_name("C");
  command
      .add_option("--worker", keys.worker,
                  "Column that tells workers apart; several with '+' between them [none]")
      ->type_name("W");
  command.add_option("--step", keys.step, "Column that tells steps apart [none]")->type_name("S");
  command
      .add_option("--columns", keys.columns,
                  "Columns of a wide table instead, one per worker, with commas between them, or '*' [none]")
      ->type_name("A,B,...");
  command
      .add_option("--where", keys.where, "Rows to take: COLUMN=TEXT, several with commas between them [all]")
      ->type_name("COLUMN=TEXT");
  command.add_option("--skip", skip, "Rows left out at the start; with --step, steps [0]")->type_name("N");
  command.add_option("--missing", keys.missing, "Empty cells, NA and NaN: refuse or skip [refuse]")
      ->type_name("CHOICE");
  command
      .add_option("--separator", keys.separator,
                  "Between fields: auto, comma, semicolon, tab or space [auto]")
      ->type_name("NAME");
  command.add_option("--decimal", keys.decimal, "Before decimals: auto, point or comma [auto]")
      ->type_name("NAME");
}

void run_fit(FitOptions const& options) {
  fit::Request request = parse_fit_request(options.what);
  Watch const watch(options.progress);
  request.stop = watch.stop();
  request.meter = watch.meter();
  KeptFiles const kept{{}, {options.what.keys.file}};
  for (std::string const& path : options.outputs) require_json_name(path, "fit");
  OutputOptions outputs{options.outputs, std::nullopt};
  if (!outputs.outputs.empty()) outputs.format = "json";
  ResultFiles files(outputs, kept);
  std::optional<OutputFile> text;
  if (!files.take_stdout()) text.emplace("-");
  Figures figures;
  for (std::string const& plot : options.plots) figures.add(plot, Plotter(plot), files, kept);

  fit::Result const result = watch.run([&] { return fit::fit(request); });
  std::string const json = fit_json(result, options.what.unit, provenance_now(options.argv));
  files.write(std::vector<std::optional<std::string>>(files.size(), json));
  if (text) text->commit(fit_text(result, options.what.unit));
  watch.require_drawn(figures.draw(json));
}

}  // namespace

void add_fit_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<FitOptions>();
  options->argv = argv;
  CLI::App& command = *app.add_subcommand(
      "fit", "Measured times: what they are like, which model of them holds, which laws fit");
  add_table_options(command, options->what.keys, options->what.skip);
  command
      .add_option("--laws", options->what.laws, "Laws to fit, commas between them [all that have a density]")
      ->type_name("NAMES");
  command
      .add_option("--shift", options->what.shift, "auto fits laws with and without a shift, 0 without [auto]")
      ->type_name("CHOICE");
  command
      .add_option("-m,--workers", options->what.workers,
                  "Numbers of workers to predict means for, as in a sweep [those of the table]")
      ->type_name("LIST");
  command.add_option("--strategy", options->what.strategies, "Strategies to predict means for [sync]")
      ->type_name("SPEC")
      ->allow_extra_args(false);
  command
      .add_option(
          "--bootstrap", options->what.bootstrap,
          "Replicates behind each p-value and, from 39 on, each interval over steps, 0 to 1000000 [200]")
      ->type_name("N");
  command.add_option("-s,--seed", options->what.seed, "Seed of the bootstrap, 0 to 2^64 - 1 [1]")
      ->type_name("N");
  command.add_option("--threads", options->what.threads, "Threads, 1 to 4096 [all cores]")->type_name("N");
  command.add_option("--unit", options->what.unit, "Unit of the times, a label [none]")->type_name("TEXT");
  add_progress_option(command, &options->progress);
  command
      .add_option("-o,--output", options->outputs,
                  "Write all figures as JSON; '-' is standard output; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--plot", options->plots,
                  "Draw values beside laws, and workers: .png, .svg or .pdf (needs matplotlib). Repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command.footer(
      "Laws are fitted by maximum likelihood and ranked by Akaike's criterion: dAIC is the distance "
      "to the best one, and weight how much of the evidence is for a law. KS and AD are the distances of "
      "Kolmogorov "
      "and Smirnov and of Anderson and Darling; p is the share of samples of the fitted law, each fitted "
      "again, that are at least as far. A small p speaks against the law; steps that depend on each other "
      "make "
      "it too small. A fitted shift stays half a unit of the last digit below the smallest time, and half "
      "the "
      "mean gap of the lower times where the likelihood would have no bound. constant and two-point have no "
      "density and are not fitted.\n\n"
      "Variance is split into what workers, what steps and what neither explains. The mean of the slowest is "
      "as measured, if times are pooled, and if each worker draws from its own times; intervals are over "
      "steps. Means at other numbers of workers are a range over the laws whose dAIC is at most 10, as if "
      "workers were alike. The steps that say what replacing a worker saves have also chosen that worker: "
      "each resampled table chooses its own, and what such choices promise too much is taken off.\n\n"
      "The lines that begin with 'use:' are laws for a sweep, the simplest that holds first, then those that "
      "assume less: a fitted law, all measured times, those of each worker, whole measured steps. Where "
      "pooled "
      "times miss the measured mean of the slowest, the reason stands above them.\n\n"
      "Examples:\n"
      "  dsgd fit times.csv --column seconds\n"
      "  dsgd fit times.csv --column ms --worker rank --step step -m 8:64:8 -o fit.json\n"
      "  dsgd fit times.csv --column ms --worker rank --step step --plot fit.png\n"
      "  dsgd fit wide.csv --columns '*' --missing skip --skip 10\n");
  command.callback([options] { run_fit(*options); });
}

}  // namespace dsgd
