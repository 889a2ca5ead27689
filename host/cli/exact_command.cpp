#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/result_files.hpp"
#include "cli/what_options.hpp"
#include "exact_values/exact_text.hpp"
#include "exact_values/exact_values.hpp"
#include "request/request.hpp"
#include "text/plain_text.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

struct ExactOptions {
  std::vector<std::string> argv;
  SweepTexts what;
  std::string unit;
  OutputOptions files;
};

void run_exact(ExactOptions const& options) {
  check_unit(options.unit);
  SweepRequest const request = parse_request(options.what);
  ResultFiles files(options.files, {{}, files_of_laws(request.typed_laws)});
  std::optional<OutputFile> table;
  if (!files.take_stdout()) table.emplace("-");

  ExactDocument document = exact_values(request, options.argv);
  document.unit = options.unit;
  for (std::string const& note : document.notes) inform(note);
  for (std::string const& warning : document.warnings) warn(warning);
  std::vector<std::optional<std::string>> contents;
  for (std::size_t i = 0; i < files.size(); ++i)
    contents.emplace_back(exact_text(document, files.format(i).name));
  files.write(contents);
  if (!table) return;
  std::optional<std::string> const line = files.in_place_of_table(document.rows.size());
  table->commit(line ? *line : exact_table(document));
}

constexpr char const* footer =
    "Nothing is drawn: these are the values that 'dsgd sweep' prints as expected. 'dsgd help sweep' lists "
    "strategies, laws and communication.\n\n"
    "A mean or a standard deviation that does not exist is infinite: in CSV inf, in JSON null, and named by "
    "the "
    "key infinite. What is not known is -, in CSV empty and in JSON null; a line on standard error counts "
    "such "
    "points. Means are known for all strategies but k-async (unless k is 1 or m, or delays are exponential), "
    "ssp (unless staleness is 0, or few workers have exponential delays), speculate with a share, "
    "k-batch-sync and local-sgd (unless sums of delays have a known law), and for all but some fleets. "
    "Quantiles are known where the runtime is an order statistic, for deadline, for speculate with a time, "
    "for k-batch-sync and k-batch-async under "
    "exponential delays, for local-sgd where sums of delays have a known law, and for async under laws "
    "without single values.\n\n"
    "Columns: law, strategy, workers, gradients (mini-batches that enter an update), mean and "
    "standard_deviation of one iteration's runtime, throughput (gradients / mean), qP (quantile with the "
    "probability P), updates_mean and updates_standard_deviation (with --updates).\n\n"
    "Examples:\n"
    "  dsgd exact -m 1:1024:x2                     harmonic numbers\n"
    "  dsgd exact -m 64 --strategy k-sync:k=1:64 --law pareto:scale=1:shape=2.5\n"
    "  dsgd exact -m 1000 --quantiles 0.5,99% -o exact.json\n"
    "  dsgd exact -m 1e15 --sampling order-statistics --strategy sync\n";

}  // namespace

void add_exact_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<ExactOptions>();
  options->argv = argv;
  CLI::App& command = *app.add_subcommand(
      "exact", "Exact mean, standard deviation and quantiles of every point, without drawing");
  add_swept_options(command, &options->what);
  add_runtime_options(command, &options->what);
  add_updates_option(command, &options->what);
  command.add_option("--unit", options->unit, "Unit of the times, a label for the table and JSON [none]")
      ->type_name("TEXT");
  options->files.add_to(command);
  command.get_option("--strategy")
      ->description("Whom the server waits for; 'dsgd help sweep' lists them [sync,async]. Repeatable");
  command.get_option("--sampling")
      ->description("workers, or order-statistics: of these alone, of up to 2^62 - 1 workers [workers]");
  command.get_option("--communication")
      ->description("Time of an update's communication; 'dsgd help sweep' lists its forms [none]");
  command.get_option("--quantiles")
      ->description("Quantiles of the runtime, such as 0.5,0.99 or 50%,99% [none]");
  command.footer(footer);
  command.callback([options] { run_exact(*options); });
}

}  // namespace dsgd
