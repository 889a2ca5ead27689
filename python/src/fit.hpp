/// Fits, as the Python module runs them.
#pragma once

#include <string>
#include <vector>

#include "cli/fit_options.hpp"

namespace dsgd {

/// @param argv  the command line that asks for the same
/// @param stop  asked from any thread, without the interpreter's lock
/// @return      what `dsgd fit -o FILE.json` writes
/// @throws Error as parse_fit_request() and fit::fit() do
std::string run_fit(FitTexts const& texts, std::vector<std::string> const& argv, Stop const& stop);

}  // namespace dsgd
