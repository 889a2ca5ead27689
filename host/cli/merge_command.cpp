#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/destinations.hpp"
#include "sweep/merge.hpp"
#include "sweep/result.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

struct MergeOptions {
  std::vector<std::string> argv;
  std::vector<std::string> stores;
  std::optional<std::string> store;
  ResultOptions results;
};

void run_merge(MergeOptions const& options) {
  std::vector<Store> stores;
  for (std::string const& path : options.stores) stores.emplace_back(path);
  MergedSweep const merged = merge(stores);
  std::vector<std::string> kept = options.stores;
  if (options.store) {
    Store::require_none(*options.store);
    kept.push_back(*options.store);
  }
  Destinations destinations(options.results, merged.sweep.points, kept);

  for (std::string const& warning : merged.sweep.warnings) warn(warning);
  Document document = merged_document(merged, stores.size(), options.argv);
  document.unit = options.results.unit;
  for (std::string const& warning : warnings_of(document)) warn(warning);
  destinations.write(document);
  if (options.store) write_store(*options.store, merged);  // last: it refuses to be written twice
}

}  // namespace

void add_merge_command(CLI::App& app, std::vector<std::string> const& argv) {
  auto const options = std::make_shared<MergeOptions>();
  options->argv = argv;
  CLI::App& command =
      *app.add_subcommand("merge", "Join the stores of a sweep's shards: the same results as of one process");
  command.add_option("STORE", options->stores, "Stores of all shards, or one store of a whole sweep")
      ->required();
  command.add_option("--store", options->store, "Also keep the whole sweep in a new store")
      ->type_name("FILE.db");
  options->results.add_to(command);
  command.footer(
      "Example:\n"
      "  dsgd sweep -n 1e12 --shard 1/2 --store 1.db    on one machine\n"
      "  dsgd sweep -n 1e12 --shard 2/2 --store 2.db    on another\n"
      "  dsgd merge 1.db 2.db -o results.csv\n");
  command.callback([options] { run_merge(*options); });
}

}  // namespace dsgd
