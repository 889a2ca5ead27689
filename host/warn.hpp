#pragma once

#include <string>

namespace dsgd {

/// One line on stderr: what the user should know though nothing failed.
void warn(std::string const& message);

}  // namespace dsgd
