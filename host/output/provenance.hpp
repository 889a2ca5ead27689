#pragma once

#include <ctime>
#include <string>
#include <vector>

#include "output/document.hpp"

namespace dsgd {

/// What is known before a run: build, host and start (now). The run fills in the rest.
Provenance provenance_now(std::vector<std::string> argv);

/// UTC, ISO 8601.
std::string utc_text(std::time_t time);

/// "dsgd 0.1.0 (commit, compiler, CUDA, MPI)": the first line of --version.
std::string version_line();

/// The version of the MPI standard that this build uses, such as "3.1"; empty in one without MPI.
std::string mpi_version();

}  // namespace dsgd
