#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/destinations.hpp"
#include "cli/results.hpp"
#include "dsgd/error.hpp"
#include "store/join.hpp"
#include "sweep/description.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

struct MergeOptions {
  std::vector<std::string> argv;
  std::vector<std::string> stores;
  std::optional<std::string> store;
  ResultOptions results;
};

void write_store(std::string const& path, Description const& description,
                 std::span<PlannedPoint const> points, std::span<PointWork const> work) {
  std::vector<NamedRange> ranges;
  for (std::size_t i = 0; i < points.size(); ++i)
    ranges.emplace_back(point_text(points[i]), StoredRange{{0, work[i].done}, work[i].summary});
  Store::write_new(path, description, ranges);
}

void run_merge(MergeOptions const& options) {
  std::vector<Store> stores;
  for (std::string const& path : options.stores) stores.emplace_back(path);
  Description const description = joined_description(stores);
  PlannedSweep const sweep = described_sweep(description, options.stores.front());
  Document document = begin_document(sweep.request, options.argv);
  std::vector<PlannedPoint> const& points = sweep.points;
  std::vector<PointWork> const work = joined_work(stores, points, sweep.request.relative_error);
  std::vector<std::string> kept = options.stores;
  if (options.store) {
    Store::require_none(*options.store);
    kept.push_back(*options.store);
  }
  Destinations destinations(options.results, points, kept);

  std::vector<Summary> summaries;
  summaries.reserve(work.size());
  for (PointWork const& one : work) summaries.push_back(one.summary);
  for (std::string const& warning : sweep.warnings) warn(warning);
  add_rows(document, points, summaries);
  document.provenance.engine = "merge";
  document.provenance.device = std::to_string(stores.size()) + (stores.size() == 1 ? " store" : " stores");
  destinations.write(document);
  if (options.store)
    write_store(*options.store, description, points, work);  // last: it refuses to be written twice
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
