#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/result_files.hpp"
#include "dsgd/error.hpp"
#include "sweep/store_status.hpp"
#include "text/nearest_name.hpp"

namespace dsgd {
namespace {

struct StatusOptions {
  std::vector<std::string> argv;
  std::vector<std::string> stores;
  std::vector<std::string> outputs;
  std::optional<std::string> format;
};

void run_status(StatusOptions const& options) {
  if (options.format && options.format != "json") throw unknown_value("--format", *options.format, {"json"});
  std::vector<std::string> paths = options.outputs;
  if (paths.empty() && options.format) paths.emplace_back("-");
  if (!options.format)
    for (std::string const& path : paths) require_json_name(path, "status");
  std::optional<std::string> format;
  if (!paths.empty()) format = "json";
  ResultFiles files({paths, format}, {options.stores, {}});
  std::optional<OutputFile> table;
  if (!files.take_stdout()) table.emplace("-");
  std::vector<StoreStatus> statuses;
  for (std::string const& store : options.stores) statuses.push_back(store_status(store));
  bool const is_one = statuses.size() == 1;
  std::string const json =
      is_one ? status_json(statuses.front(), options.argv) : statuses_json(statuses, options.argv);
  files.write(std::vector<std::optional<std::string>>(files.size(), json));
  if (table) table->commit(is_one ? status_text(statuses.front()) : statuses_text(statuses));
}

}  // namespace

void add_status_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<StatusOptions>();
  options->argv = argv;
  CLI::App& command =
      *app.add_subcommand("status", "What a store is asked for, how far it is, and the command that goes on");
  command
      .add_option(
          "STORE", options->stores,
          "A file of 'dsgd sweep --store'; of several, such as the shards of a sweep, a line each and "
          "the total")
      ->type_name("")
      ->required();
  command
      .add_option("-o,--output", options->outputs,
                  "Write it as JSON; '-' is standard output. Repeatable [text on standard output]")
      ->type_name("FILE.json")
      ->allow_extra_args(false);
  command.add_option("--format", options->format, "json, on standard output where there is no --output")
      ->type_name("NAME");
  command.footer(
      "The store stays as it is, and may be in use by a sweep. Its share is that of the draws that are done, "
      "or "
      "that --relative-error makes needless.\n\n"
      "Example:\n"
      "  dsgd status s.db                            how far is it?\n"
      "  dsgd status part*.db                        how far are all shards?\n"
      "  dsgd resume s.db -o r.csv                   go on\n");
  command.callback([options] { run_status(*options); });
}

}  // namespace dsgd
