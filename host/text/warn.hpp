#pragma once

#include <string>

namespace dsgd {

/// One line on stderr: what the user should know though nothing failed.
void warn(std::string const& message);

/// The same, of what is no reason to worry.
void inform(std::string const& message);

}  // namespace dsgd
