/// The options that say what a sweep or its exact values are of.
#pragma once

#include <string>
#include <vector>

#include "request/texts.hpp"

namespace CLI {
class App;
}

namespace dsgd {

/// --workers, --law, --rate and --strategy. @param texts  outlives the command
void add_swept_options(CLI::App& command, SweepTexts* texts);

/// --sampling, --communication, --quantiles and those of jobs. @param texts  outlives the command
void add_runtime_options(CLI::App& command, SweepTexts* texts);

/// --server and --stragglers. @param texts  outlives the command
void add_jobs_options(CLI::App& command, SweepTexts* texts);

/// @param texts  outlives the command
void add_updates_option(CLI::App& command, SweepTexts* texts);

/// The files that laws read. @param laws  specs as typed
std::vector<std::string> files_of_laws(std::vector<std::string> const& laws);

}  // namespace dsgd
