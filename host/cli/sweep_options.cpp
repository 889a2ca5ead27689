#include "cli/sweep_options.hpp"

#include <filesystem>
#include <system_error>

#include "dsgd/error.hpp"
#include "store/store.hpp"
#include "sweep/description.hpp"
#include "text/duration.hpp"

namespace dsgd {
namespace {

bool draws_distribution(SweepOptions const& options) { return options.results.plot_kind == "distribution"; }

/// @throws Error usage where an option needs --store, which is missing or empty
void check_store(SweepOptions const& options) {
  if (options.what.shard && !options.store && !options.plans)
    throw Error(ExitCode::usage, "--shard needs --store", "a shard is only a part of a result",
                "give each shard its own store, and join the stores with 'dsgd merge'");
  if (options.store && options.store->empty())
    throw Error(ExitCode::usage, "--store is empty", "a file name is needed", "name a file");
  if (options.add && !options.store)
    throw Error(ExitCode::usage, "--add needs --store", "points are added to a store", "name the store");
  if (options.resume && !options.store)
    throw Error(ExitCode::usage, "--resume needs --store", "there is nothing to continue from",
                "name the store");
}

}  // namespace

std::optional<PlannedSweep> stored_sweep(SweepOptions const& options) {
  std::error_code none;
  if (options.says_what || !options.store) return std::nullopt;
  if (!options.resumes && !std::filesystem::is_regular_file(*options.store, none)) return std::nullopt;
  Description description = Store(*options.store).description();
  if (draws_distribution(options)) description.histograms = "yes";
  return described_sweep(description, *options.store);
}

PlannedSweep typed_sweep(SweepOptions const& options) {
  SweepTexts texts = options.what;
  texts.histograms = draws_distribution(options);
  SweepRequest request = parse_request(texts);
  check_store(options);
  return plan_sweep(std::move(request));
}

std::optional<double> max_seconds(SweepOptions const& options) {
  if (!options.max_time) return std::nullopt;
  return parse_duration(*options.max_time, "--max-time");
}

}  // namespace dsgd
