/// --law, --rate: shared by all commands that draw.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsgd/fleet.hpp"
#include "dsgd/sweep.hpp"

namespace CLI {
class App;
}

namespace dsgd {

struct LawOptions {
  std::vector<std::string> laws;
  std::optional<std::string> rate;

  void add_to(CLI::App& command);

  /// @throws Error usage, also for --law together with --rate and for a law given twice
  std::vector<Fleet> parse() const;
};

/// @throws Error usage
Draws parse_draws(std::string const& name);

}  // namespace dsgd
