#include "cli/sweep_store.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "cli/results.hpp"
#include "cli/worker_list.hpp"
#include "dsgd/arithmetic/version.hpp"
#include "dsgd/error.hpp"
#include "output/document.hpp"
#include "spec/spec.hpp"
#include "store/store.hpp"
#include "text/duration.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

std::string quantiles_text(std::vector<double> const& quantiles) {
  std::string text;
  for (double const quantile : quantiles) text += (text.empty() ? "" : ",") + shortest(quantile);
  return text;
}

std::string listed(std::vector<std::string> const& entries) {
  constexpr std::size_t shown = 4;  // an error is a line
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, entries.size()); ++i)
    text.append(i == 0 ? "" : ",").append(entries[i]);
  return entries.size() > shown ? text + ",..." : text;
}

/// A sweep as it is typed.
std::string typed_text(Description const& sweep) {
  std::string text = "-m " + sweep.workers + " -n " + sweep.iterations;
  auto const add = [&](char const* option, std::string const& value) {
    if (!value.empty()) text.append(" ").append(option).append(" ").append(value);
  };
  for (std::string const& strategy : sweep.strategies) add("--strategy", strategy);
  for (std::string const& law : sweep.typed_laws) add("--law", law);
  add("--seed", sweep.seed);
  if (sweep.draws != draws_name(Draws::independent)) add("--draws", sweep.draws);
  if (sweep.sampling != sampling_name(Sampling::workers)) add("--sampling", sweep.sampling);
  add("--communication", sweep.communication);
  add("--quantiles", sweep.quantiles);
  add("--updates", sweep.updates);
  add("--relative-error", sweep.relative_error);
  add("--shard", sweep.shard);
  return excerpt(text, 1000);
}

/// How one list of a sweep has grown or shrunk against that of the store's.
struct Change {
  bool adds = false, leaves = false;
};

template <class Entry>
Change change(std::vector<Entry> stored, std::vector<Entry> wanted) {
  std::sort(stored.begin(), stored.end());
  std::sort(wanted.begin(), wanted.end());
  return {!std::includes(stored.begin(), stored.end(), wanted.begin(), wanted.end()),
          !std::includes(wanted.begin(), wanted.end(), stored.begin(), stored.end())};
}

/// The options of a sweep that a store describes.
SweepOptions options_of(Description const& description) {
  auto const given = [](std::string const& text) {
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
  };
  SweepOptions options;
  options.workers = description.workers;
  options.law.laws = description.typed_laws;
  options.strategies = description.strategies;
  options.iterations = description.iterations;
  options.seed = description.seed;
  options.draws = description.draws;
  options.sampling = description.sampling;
  options.communication = given(description.communication);
  options.quantiles = given(description.quantiles);
  if (description.histograms == "yes") options.results.plot_kind = "distribution";  // what else keeps them
  options.updates = given(description.updates);
  options.relative_error = given(description.relative_error);
  return options;
}

/// Is the sweep still the described one? Files of measured delays may have changed.
/// @throws Error damaged where it is not
void check_laws(Description const& description, Sweep const& sweep) {
  for (std::size_t i = 0; i < sweep.fleets.size(); ++i)
    if (std::string const law = canonical_spec(sweep.fleets[i]); law != description.swept_laws[i])
      throw Error(ExitCode::damaged, "the file of --law " + description.typed_laws[i] +
                                         " has changed (it is " + law + ", and was " +
                                         description.swept_laws[i] + "): restore the old file");
}

[[noreturn]] void refuse_special_file(std::string const& store, std::string const& file) {
  throw Error(ExitCode::damaged, "the store '" + store + "' names '" + file +
                                     "' as measured delays (it is no regular file, and reading it may never "
                                     "end): name another store");
}

/// Whoever made the store chose its files, and reading from a pipe or a device may never end.
/// @throws Error damaged; usage where a law is none
void require_regular_files(Description const& description, std::string const& path) {
  for (std::string const& law : description.typed_laws)
    for (std::string const& file : files_of(law)) {
      std::error_code error;
      std::filesystem::file_status const status = std::filesystem::status(file, error);
      if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        refuse_special_file(path, file);
    }
}

/// What would be a user's mistake on a command line is the store's here.
/// @throws Error damaged in place of usage
template <class Read>
auto read_from_store(std::string const& path, Read const& read) {
  try {
    return read();
  } catch (Error const& error) {
    if (error.code() != ExitCode::usage) throw;
    std::string_view const text = error.what();
    throw Error(ExitCode::damaged, "the sweep that the store '" + path + "' describes cannot be: " +
                                       excerpt(text.substr(0, text.rfind(": ")), 300) +
                                       ": name another store");
  }
}

}  // namespace

SweepRun parse_sweep_run(SweepOptions const& options) {
  SweepRun run;
  if (options.relative_error)
    run.relative_error = parse_share(*options.relative_error, "--relative-error", 1e-9, 1);
  if (options.max_time) run.max_seconds = parse_duration(*options.max_time, "--max-time");
  if (options.shard) {
    run.shard = parse_shard(*options.shard);
    if (!options.store)
      throw Error(
          ExitCode::usage,
          "--shard needs --store (a shard is only a part of a result): give each shard its own store, and "
          "join the stores with 'dsgd merge'");
  }
  if (options.store && options.store->empty())
    throw Error(ExitCode::usage, "--store is empty (a file name is needed): name a file");
  if (options.add && !options.store)
    throw Error(ExitCode::usage, "--add needs --store (points are added to a store): name the store");
  if (options.resume && !options.store)
    throw Error(ExitCode::usage,
                "--resume needs --store (there is nothing to continue from): name the store");
  return run;
}

Description describe(SweepOptions const& options, Sweep const& sweep, SweepRun const& run) {
  Description description;
  description.arithmetic = std::to_string(arithmetic_version);
  description.seed = std::to_string(sweep.seed);
  description.draws = draws_name(sweep.draws);
  description.sampling = sampling_name(sweep.sampling);
  if (sweep.communication) description.communication = canonical_spec(*sweep.communication);
  description.histograms = sweep.quantiles ? "yes" : "no";
  if (!run.shard.whole()) description.shard = shard_text(run.shard);
  if (run.relative_error) description.relative_error = shortest(*run.relative_error);
  description.iterations = std::to_string(sweep.iterations);
  for (Fleet const& fleet : sweep.fleets) description.swept_laws.push_back(canonical_spec(fleet));
  description.laws = description.swept_laws;
  description.typed_laws = options.law.laws.empty() ? description.swept_laws : options.law.laws;
  for (Strategy const& strategy : sweep.strategies)
    description.strategies.push_back(canonical_spec(strategy));
  description.workers = workers_text(sweep.workers);
  description.quantiles = quantiles_text(parse_quantiles(options));
  if (std::optional<std::uint64_t> const updates = parse_updates(options))
    description.updates = std::to_string(*updates);
  return description;
}

StoredSweep stored_sweep(Description const& description, std::string const& path,
                         std::vector<std::string> const& argv) {
  SweepOptions options = options_of(description);
  options.argv = argv;
  return read_from_store(path, [&] {
    require_regular_files(description, path);
    StoredSweep stored{parse_sweep(options), {}, {}};
    check_laws(description, stored.sweep);
    stored.swept = points_of(stored.sweep);
    stored.document = begin_document(options, stored.sweep);
    return stored;
  });
}

std::optional<SweepOptions> options_of_store(SweepOptions const& typed) {
  std::error_code none;
  if (typed.says_what || !typed.store || !std::filesystem::is_regular_file(*typed.store, none))
    return std::nullopt;
  Description const description = Store(*typed.store).description();
  stored_sweep(description, *typed.store, typed.argv);
  SweepOptions options = options_of(description);
  if (!description.shard.empty()) options.shard = description.shard;
  if (typed.results.plot_kind) options.results.plot_kind = typed.results.plot_kind;
  options.argv = typed.argv;
  options.store = typed.store;
  options.resume = typed.resume;
  options.max_time = typed.max_time;
  return options;
}

std::string options_text(SweepOptions const& options, Sweep const& sweep, SweepRun const& run) {
  return typed_text(describe(options, sweep, run));
}

void report_stored_sweep(std::string const& store, Description const& sweep) {
  inform("'" + store + "' continues its own sweep: " + typed_text(sweep));
}

void report_growth(std::string const& store, Description const& sweep) {
  inform("'" + store + "' grows, and is of this sweep from now on: " + typed_text(sweep));
}

Growth check_growth(Store const& store, Description const& wanted, std::span<PointWork const> work,
                    bool on_purpose) {
  Description const& stored = store.description();
  auto const workers = [&](Description const& description) {
    return read_from_store(store.path(),
                           [&] { return parse_workers(description.workers, max_sampled_workers); });
  };
  struct {
    Change change;
    std::string text;
  } const parts[] = {
      {change(workers(stored), workers(wanted)),
       "--workers is " + wanted.workers + ", the store's is " + stored.workers},
      {change(stored.strategies, wanted.strategies),
       "--strategy is " + listed(wanted.strategies) + ", the store's is " + listed(stored.strategies)},
      {change(stored.swept_laws, wanted.swept_laws),
       "--law is " + listed(wanted.swept_laws) + ", the store's is " + listed(stored.swept_laws)},
  };
  Growth growth;
  std::string found;
  for (auto const& [change, text] : parts) {
    growth.adds = growth.adds || change.adds;
    growth.leaves = growth.leaves || change.leaves;
    if (change.adds || change.leaves) found.append(found.empty() ? "" : "; ").append(text);
  }
  bool const brings_points = std::any_of(
      work.begin(), work.end(), [](PointWork const& one) { return one.done == 0 && one.units.count != 0; });
  if (brings_points && growth.adds && growth.leaves && !on_purpose)
    throw Error(ExitCode::damaged,
                "the store '" + store.path() + "' is of another sweep (" + found +
                    "): give --store without other options to continue its own sweep, --add to add these "
                    "points to it, or name another store");
  return growth;
}

}  // namespace dsgd
