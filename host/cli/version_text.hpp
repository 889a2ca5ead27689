#pragma once

#include <string>

namespace dsgd {

/// For --version: version_line(), then the engines, which of them this machine cannot use, and whether mpirun can share a sweep.
/// Looks for devices and loads the module for MPI, and is therefore made only where it is asked for.
std::string version_text();

}  // namespace dsgd
