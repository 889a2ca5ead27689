#include "cli/sweep_store.hpp"

#include "cli/worker_list.hpp"
#include "dsgd/arithmetic.hpp"
#include "dsgd/error.hpp"
#include "duration.hpp"
#include "number.hpp"
#include "output/document.hpp"
#include "spec.hpp"

namespace dsgd {
namespace {

std::string quantiles_text(std::vector<double> const& quantiles) {
  std::string text;
  for (double const quantile : quantiles) text += (text.empty() ? "" : ",") + shortest(quantile);
  return text;
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

void check_laws(Description const& description, Sweep const& sweep) {
  for (std::size_t i = 0; i < sweep.fleets.size(); ++i)
    if (std::string const law = canonical_spec(sweep.fleets[i]); law != description.swept_laws[i])
      throw Error(ExitCode::damaged, "the file of --law " + description.typed_laws[i] +
                                         " has changed (it is " + law + ", and was " +
                                         description.swept_laws[i] + "): restore the old file");
}

}  // namespace dsgd
