/// --threads and --devices: shared by all commands that compute.
#pragma once

#include <optional>
#include <string>

#include "engines/table.hpp"

namespace CLI {
class App;
}

namespace dsgd {

struct ThreadAndDevice {
  std::optional<std::string> threads;
  std::optional<std::string> devices;

  /// @param devices_note  what help says of --devices besides
  void add_to(CLI::App& command, std::string const& devices_note = "");

  /// @throws Error usage
  EngineOptions parse() const;
};

}  // namespace dsgd
