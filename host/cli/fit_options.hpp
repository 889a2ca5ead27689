/// The options of `dsgd fit`, and the fit that they ask for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fit/fit.hpp"

namespace dsgd {

/// As typed.
struct FitTexts {
  TableKeys keys = {};  ///< but for skip
  std::string skip = "0";
  std::string laws = {};
  std::string shift = "auto";
  std::optional<std::string> workers = {};
  std::vector<std::string> strategies = {};
  std::string bootstrap = "200";
  std::string seed = "1";
  std::optional<std::string> threads = {};
  std::string unit = {};  ///< of the times, a label
};

/// @throws Error usage, also for a unit that does not fit into a table or would steer a terminal
fit::Request parse_fit_request(FitTexts const& texts);

}  // namespace dsgd
