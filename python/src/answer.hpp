#pragma once

#include <string>
#include <vector>

namespace dsgd {

/// What a command came to.
struct Answer {
  std::string json;                        ///< what the command writes with -o FILE.json
  std::vector<std::string> notes = {};     ///< lines to tell users
  std::vector<std::string> warnings = {};  ///< lines to worry them
};

}  // namespace dsgd
