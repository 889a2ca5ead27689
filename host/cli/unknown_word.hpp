/// Words of the command line that are no command and no option.
#pragma once

#include <string>

#include "dsgd/error.hpp"

namespace CLI {
class App;
}

namespace dsgd {

/// What to tell a user who typed it: the nearest command or option, where one is near.
/// @param app  the application, after it has read the command line
Error unknown_word(CLI::App const& app, std::string const& word);

/// What to tell a user who named a command that there is not.
Error unknown_command(CLI::App const& app, std::string const& name);

}  // namespace dsgd
