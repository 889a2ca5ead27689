/// The subcommands. Each takes the application, adds itself and its options, and is run by CLI11's callback.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dsgd {

class Ranks;

/// @param argv   the whole command line, for provenance
/// @param ranks  share the sweep; outlive the application
void add_sweep_command(CLI::App& app, std::vector<std::string> const& argv, Ranks& ranks);
void add_exact_command(CLI::App& app, std::vector<std::string> const& argv);
void add_bench_command(CLI::App& app, std::vector<std::string> const& argv);
void add_plan_command(CLI::App& app, std::vector<std::string> const& argv);
/// @param ranks  share the sweep; outlive the application
void add_resume_command(CLI::App& app, std::vector<std::string> const& argv, Ranks& ranks);
void add_status_command(CLI::App& app, std::vector<std::string> const& argv);
void add_merge_command(CLI::App& app, std::vector<std::string> const& argv);
void add_draw_command(CLI::App& app);
void add_fit_command(CLI::App& app, std::vector<std::string> const& argv);
void add_recommend_command(CLI::App& app, std::vector<std::string> const& argv);
void add_race_command(CLI::App& app, std::vector<std::string> const& argv);
void add_report_command(CLI::App& app);
void add_validate_command(CLI::App& app);
void add_devices_command(CLI::App& app);

/// 'dsgd help' and 'dsgd help COMMAND': what --help prints. The last to be added.
void add_help_command(CLI::App& app);

}  // namespace dsgd
