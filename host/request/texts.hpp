/// A sweep as it is written: by a user, or in a store. Everything is parsed here, and by nothing else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsgd/sweep.hpp"

namespace dsgd {

/// --law and --rate.
struct LawTexts {
  std::vector<std::string> laws;
  std::optional<std::string> rate;
};

/// All that decides the answer of a sweep, as it is written.
struct SweepTexts {
  std::optional<std::string> workers;
  LawTexts law;
  std::vector<std::string> strategies;  ///< each may be a list of several
  std::string iterations = "5000";
  std::string seed = "1";
  std::string draws = "independent";
  std::string sampling = "workers";
  std::optional<std::string> communication;
  std::optional<std::string> server;      ///< a law
  std::optional<std::string> stragglers;  ///< enter=:leave=:factor=
  std::optional<std::string> quantiles;
  bool histograms = false;  ///< true to keep them even where no quantiles are asked for
  std::optional<std::string> updates;
  std::optional<std::string> baseline;  ///< a strategy
  std::optional<std::string> relative_error;
  std::optional<std::string> shard;
};

/// The laws of --law and --rate, and how each is written with the path that leads to its file.
struct ParsedLaws {
  std::vector<SweptFleet> fleets;
  std::vector<std::string> typed = {};  ///< one for each fleet; empty where no --law is given
};

/// @throws Error usage, also for a law together with a rate and for a law given twice; file where measured
/// delays cannot be read
ParsedLaws parse_laws(LawTexts const& texts);

/// @throws Error usage
Draws parse_draws(std::string const& name);

/// @param fleets  those of texts.law
/// @throws Error usage, also where the sweep has more than max_points
Sweep parse_sweep(SweepTexts const& texts, std::vector<SweptFleet> fleets);

/// Probabilities, ascending. @throws Error usage
std::vector<double> parse_quantiles(std::string const& list);

}  // namespace dsgd
