#include "request/texts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "dsgd/error.hpp"
#include "dsgd/order_statistics/address.hpp"
#include "request/worker_list.hpp"
#include "spec/spec.hpp"
#include "text/nearest_name.hpp"
#include "text/number.hpp"
#include "text/value_list.hpp"

namespace dsgd {
namespace {

std::vector<Strategy> parse_all_strategies(std::vector<std::string> const& lists) {
  std::vector<Strategy> strategies;
  std::set<std::string> seen;
  for (std::string const& list : lists)
    for (Strategy const& strategy : parse_strategies(list)) {
      strategies.push_back(strategy);
      std::string const spec = canonical_spec(strategy);
      if (!seen.insert(spec).second)
        throw Error(ExitCode::usage, "--strategy " + spec + " is given twice", "its points would be the same",
                    "give it once");
    }
  return strategies;
}

Sampling parse_sampling(std::string const& name) {
  if (name == "workers") return Sampling::workers;
  if (name == "order-statistics") return Sampling::order_statistics;
  throw unknown_value("--sampling", name, {"workers", "order-statistics"});
}

/// Those of the notebook; where all fleets have a size of their own, these.
std::vector<std::uint64_t> default_workers(std::vector<SweptFleet> const& fleets) {
  std::set<std::uint64_t> sizes;
  for (SweptFleet const& fleet : fleets) {
    if (!fleet.size()) return parse_workers("1:20");
    sizes.insert(*fleet.size());
  }
  return {sizes.begin(), sizes.end()};
}

/// A canonical spec of one of a list's laws, whose file is named by its path as the list does.
std::string with_path_of(std::string spec, std::string const& list) {
  constexpr std::string_view key = ":file=";
  std::vector<std::string> const files = files_of(list), own = files_of(spec);
  if (files.empty() || own.empty()) return spec;
  return spec.replace(spec.find(key) + key.size(), own.front().size(), files.front());
}

}  // namespace

ParsedLaws parse_laws(LawTexts const& texts) {
  auto const& [laws, rate] = texts;
  if (rate && !laws.empty())
    throw Error(ExitCode::usage, "--rate and --law are both given", "--rate is short for a --law",
                "give one of them");
  if (rate) {
    auto const parameter = std::get<0>(Exponential::parameters());
    ParsedLaws parsed;
    parsed.fleets.emplace_back(Law{Exponential{parse_real(*rate, "--rate", parameter.low, parameter.high)}});
    return parsed;
  }
  ParsedLaws parsed;
  if (laws.empty()) {
    parsed.fleets.emplace_back(Law{Exponential{}});
    return parsed;
  }
  std::multimap<std::string, std::optional<std::uint64_t>> seen;  ///< sizes of the fleets with a spec
  for (std::string const& text : laws) {
    std::vector<SweptFleet> fleets = parse_fleets(text);
    for (SweptFleet& fleet : fleets) {
      std::string const spec = canonical_spec(fleet.fleet());
      auto const [first, last] = seen.equal_range(spec);
      bool const shares_workers = std::any_of(first, last, [&](auto const& other) {
        return !fleet.size() || !other.second || *other.second == *fleet.size();
      });
      if (shares_workers)
        throw Error(ExitCode::usage, "--law " + spec + " is given twice",
                    "all numbers of workers have it, or both give it to the same number", "give it once");
      seen.emplace(spec, fleet.size());
      if (seen.size() > max_points)
        throw Error(ExitCode::usage, "--law names more than " + std::to_string(max_points) + " laws",
                    "each gives points", "name fewer");
      parsed.typed.push_back(fleets.size() == 1 ? text : with_path_of(spec, text));
      parsed.fleets.push_back(std::move(fleet));
    }
  }
  return parsed;
}

Draws parse_draws(std::string const& name) {
  if (name == "independent") return Draws::independent;
  if (name == "common") return Draws::common;
  throw unknown_value("--draws", name, {"independent", "common"});
}

Sweep parse_sweep(SweepTexts const& texts, std::vector<SweptFleet> fleets) {
  Sweep sweep;
  sweep.fleets = std::move(fleets);
  sweep.sampling = parse_sampling(texts.sampling);
  bool const sampled = sweep.sampling == Sampling::order_statistics;
  sweep.workers = texts.workers ? parse_workers(*texts.workers, sampled ? max_sampled_workers : max_workers)
                                : default_workers(sweep.fleets);
  if (!texts.strategies.empty()) sweep.strategies = parse_all_strategies(texts.strategies);
  sweep.iterations = parse_count(texts.iterations, "--iterations", 1, max_iterations);
  sweep.seed = parse_count(texts.seed, "--seed", 0, ~std::uint64_t{0});
  sweep.draws = parse_draws(texts.draws);
  constexpr std::string_view none = "none";  // as help shows that nothing is given
  if (texts.communication && *texts.communication != none)
    sweep.communication = parse_communication(*texts.communication);
  if (texts.server && *texts.server != none) sweep.server = parse_server(*texts.server);
  if (texts.stragglers && *texts.stragglers != none) sweep.stragglers = parse_stragglers(*texts.stragglers);
  sweep.quantiles = texts.quantiles || texts.histograms;
  if (sweep.workers.size() * sweep.fleets.size() * sweep.strategies.size() > max_points)
    throw Error(ExitCode::usage, "the sweep has more than " + std::to_string(max_points) + " points",
                "their results are kept in memory", "give fewer workers, laws or strategies");
  return sweep;
}

std::vector<double> parse_quantiles(std::string const& list) {
  std::vector<double> quantiles;
  for (std::string_view const text : split_list(list, "--quantiles"))
    quantiles.push_back(parse_share(text, "--quantiles", 1e-12, 1 - 1e-12));
  std::sort(quantiles.begin(), quantiles.end());
  if (std::adjacent_find(quantiles.begin(), quantiles.end()) != quantiles.end())
    throw Error(ExitCode::usage, "--quantiles '" + list + "' has the same quantile twice",
                "its columns would be the same", "give each once");
  return quantiles;
}

}  // namespace dsgd
