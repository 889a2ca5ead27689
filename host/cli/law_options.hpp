/// --law, --rate: shared by all commands that draw.
#pragma once

#include "request/texts.hpp"

namespace CLI {
class App;
}

namespace dsgd {

/// @param texts  outlives the command
void add_law_options(CLI::App& command, LawTexts* texts);

}  // namespace dsgd
