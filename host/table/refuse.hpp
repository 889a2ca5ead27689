/// How a table is refused: one line for the user that names the file.
#pragma once

#include <string>

namespace dsgd::table {

/// @throws Error usage, always: "--law empirical: 'path' problem: advice"
[[noreturn]] void refuse(std::string const& path, std::string const& problem, std::string const& advice);

}  // namespace dsgd::table
