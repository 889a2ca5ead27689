#pragma once

#include <string>
#include <vector>

#include "output/document.hpp"

namespace dsgd {

/// What is known before a run: build, host and start (now). The run fills in the rest.
Provenance provenance_now(std::vector<std::string> argv);

/// "dsgd 0.1.0 (commit, compiler, CUDA)": for --version.
std::string version_line();

}  // namespace dsgd
