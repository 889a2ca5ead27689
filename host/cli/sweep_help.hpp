#pragma once

#include <string>

namespace dsgd {

/// What `dsgd sweep --help` says below the options: strategies, laws, columns and keys of results, examples.
std::string sweep_help();

}  // namespace dsgd
