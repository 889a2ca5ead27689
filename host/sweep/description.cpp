#include "sweep/description.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "dsgd/arithmetic/version.hpp"
#include "dsgd/error.hpp"
#include "dsgd/order_statistics/address.hpp"
#include "output/document.hpp"
#include "request/worker_list.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"

namespace dsgd {
namespace {

std::string quantiles_text(std::vector<double> const& quantiles) {
  std::string text;
  for (double const quantile : quantiles) text += (text.empty() ? "" : ",") + shortest(quantile);
  return text;
}

/// The texts that parse_request() takes, from those that a store keeps.
SweepTexts texts_of(Description const& description) {
  auto const given = [](std::string const& text) {
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
  };
  SweepTexts texts;
  texts.workers = description.workers;
  texts.law.laws = description.typed_laws;
  texts.strategies = description.strategies;
  texts.iterations = description.iterations;
  texts.seed = description.seed;
  texts.draws = description.draws;
  texts.sampling = description.sampling;
  texts.communication = given(description.communication);
  texts.server = given(description.server);
  texts.stragglers = given(description.stragglers);
  texts.quantiles = given(description.quantiles);
  texts.histograms = description.histograms == "yes";
  texts.updates = given(description.updates);
  texts.relative_error = given(description.relative_error);
  texts.shard = given(description.shard);
  return texts;
}

/// @param typed  as it was written; before, now  its canonical spec. @throws Error damaged always
[[noreturn]] void refuse_law(std::string const& path, std::string const& typed, std::string const& before,
                             std::string const& now) {
  if (without_hashes(now) != without_hashes(before))
    throw Error(ExitCode::damaged, "the store '" + path + "' is of an earlier build",
                "it has --law " + before + ", which now is " + now, "name another store");
  throw Error(ExitCode::damaged, "the file of --law " + typed + " has changed",
              "it is " + now + ", and was " + before, "restore the old file");
}

/// Is the sweep still the described one? Files of measured delays may have changed, and earlier builds knew
/// laws by other names.
/// @throws Error damaged where it is not
void check_laws(Description const& description, Sweep const& sweep, std::string const& path) {
  std::vector<std::string> const& known = description.laws;
  for (std::size_t i = 0; i < sweep.fleets.size(); ++i) {
    std::string const& before = description.swept_laws[i];
    std::string const now = typed_spec(sweep.fleets[i]);
    std::string const law = canonical_spec(sweep.fleets[i].fleet());
    if (now != before) refuse_law(path, description.typed_laws[i], before, now);
    if (std::find(known.begin(), known.end(), law) == known.end())
      refuse_law(path, description.typed_laws[i], before, law);
  }
}

[[noreturn]] void refuse_special_file(std::string const& store, std::string const& file) {
  throw Error(ExitCode::damaged, "the store '" + store + "' names '" + file + "' as measured delays",
              "it is no regular file, and reading it may never end", "name another store");
}

/// A store keeps tables by the path that was typed, and no option names another.
Error missing_table(std::string const& file, std::string const& path) {
  std::string const what =
      "the sweep of the store '" + path + "' needs the table '" + excerpt(file, 200) + "'";
  if (std::filesystem::path(file).is_absolute())
    return {ExitCode::file, what, "there is no such file", "put the table there again"};
  return {ExitCode::file, what, "there is none in this folder",
          "run the command in the folder where the sweep was started, or put the table here"};
}

/// Looks at files before they are read: whoever made the store chose them, and reading from a pipe or a device may never end.
/// @throws Error file where there is none; damaged where it is no regular file; usage where a law is none
void check_files(Description const& description, std::string const& path) {
  for (std::string const& law : description.typed_laws)
    for (std::string const& file : files_of(law)) {
      std::error_code error;
      std::filesystem::file_status const status = std::filesystem::status(file, error);
      if (status.type() == std::filesystem::file_type::not_found) throw missing_table(file, path);
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

Description describe(SweepRequest const& request) {
  Sweep const& sweep = request.sweep;
  Description description;
  description.arithmetic = std::to_string(arithmetic_version);
  description.seed = std::to_string(sweep.seed);
  description.draws = draws_name(sweep.draws);
  description.sampling = sampling_name(sweep.sampling);
  if (sweep.communication) description.communication = canonical_spec(*sweep.communication);
  if (sweep.server) description.server = canonical_spec(*sweep.server);
  if (sweep.stragglers) description.stragglers = canonical_spec(*sweep.stragglers);
  description.histograms = sweep.quantiles ? "yes" : "no";
  if (!request.shard.whole()) description.shard = shard_text(request.shard);
  if (request.relative_error) description.relative_error = shortest(*request.relative_error);
  description.iterations = std::to_string(sweep.iterations);
  for (SweptFleet const& swept : sweep.fleets) {
    description.laws.push_back(canonical_spec(swept.fleet()));
    description.swept_laws.push_back(typed_spec(swept));  // how many workers have it belongs to the sweep
  }
  description.typed_laws = description.swept_laws;
  if (!request.typed_laws.empty()) description.typed_laws = request.typed_laws;
  for (Strategy const& strategy : sweep.strategies)
    description.strategies.push_back(canonical_spec(strategy));
  description.workers = workers_text(sweep.workers);
  description.quantiles = quantiles_text(request.quantiles);
  if (request.updates) description.updates = std::to_string(*request.updates);
  return description;
}

PlannedSweep described_sweep(Description const& description, std::string const& path) {
  return read_from_store(path, [&] {
    check_files(description, path);
    SweepRequest request = parse_request(texts_of(description));
    check_laws(description, request.sweep, path);
    return plan_sweep(std::move(request));
  });
}

std::vector<std::uint64_t> described_workers(Description const& description, std::string const& path) {
  return read_from_store(path, [&] { return parse_workers(description.workers, max_sampled_workers); });
}

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
  add("--server", sweep.server);
  add("--stragglers", sweep.stragglers);
  add("--quantiles", sweep.quantiles);
  add("--updates", sweep.updates);
  add("--relative-error", sweep.relative_error);
  add("--shard", sweep.shard);
  return excerpt(text, 1000);
}

std::string continuation_text(std::string const& store, SweepRequest const& request) {
  return "'" + store + "' continues its own sweep: " + typed_text(describe(request));
}

}  // namespace dsgd
