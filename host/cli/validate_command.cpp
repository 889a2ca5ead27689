#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/engine_options.hpp"
#include "dsgd/error.hpp"
#include "engines/choose.hpp"
#include "output/grid.hpp"
#include "text/split.hpp"
#include "text/wrap_text.hpp"
#include "validate/check.hpp"

namespace dsgd {
namespace {

struct ValidateOptions {
  bool quick = false;
  ThreadAndDevice hardware;
};

std::string outcome(Check const& check) {
  if (check.skipped) return "skip";
  return check.passed ? "pass" : "FAIL";
}

/// A row for each check under the kind of it. What is too long for a column stands below its row.
std::string table(std::vector<Check> const& checks) {
  constexpr std::size_t widest_found = 16;
  std::vector<GridRow> rows;
  rows.reserve(checks.size());
  for (Check const& check : checks)
    rows.push_back({outcome(check), check.what, check.found.size() <= widest_found ? check.found : "below",
                    check.tolerance});
  Align const l = Align::left;
  std::string const grid = aligned({"", "what", "found", "tolerance"}, {l, l, l, l}, rows);
  std::vector<std::string_view> const lines = split(grid, '\n');
  std::string text = std::string(lines[0]) + "\n", kind;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (checks[i].kind != std::exchange(kind, checks[i].kind)) text += "\n" + kind + "\n";
    text.append(lines[i + 1]).append("\n");
    if (checks[i].found.size() > widest_found) text += wrapped("      " + checks[i].found) + "\n";
  }
  return text;
}

/// The full run spends 100 times the draws on each check, which narrows every tolerance to a tenth, and looks
/// at three sizes of fleets.
void run_validate(ValidateOptions const& options) {
  EngineOptions const hardware = options.hardware.parse();
  check_devices(usable_engines(), hardware, EngineChoice::none);
  EngineOptions any = hardware;  // what is checked besides the engines runs on the fastest, wherever that is
  any.devices.clear();
  Effort const effort = options.quick ? Effort{2e5, {8}} : Effort{2e7, {4, 20, 300}};
  std::vector<Check> checks = check_known_answers();
  for (auto const& group :
       {check_engines(effort, hardware), check_exact_values(effort, any), check_distributions(effort, any)})
    checks.insert(checks.end(), group.begin(), group.end());
  auto const count = [&](std::string const& wanted) {
    return std::count_if(checks.begin(), checks.end(), [&](Check const& c) { return outcome(c) == wanted; });
  };
  auto const passed = count("pass"), failed = count("FAIL"), skipped = count("skip");
  std::string const done = std::to_string(passed + failed);
  write_all(1,
            table(checks) + "\n" + done + " checks, " + std::to_string(failed) + " failed" +
                (skipped == 0 ? "" : ", " + std::to_string(skipped) + " skipped") + "\n",
            "standard output");
  if (failed != 0)
    throw Error(ExitCode::validation, std::to_string(failed) + " of " + done + " checks failed",
                "this build's results cannot be trusted on this machine", "report the lines marked FAIL");
}

}  // namespace

void add_validate_command(CLI::App& app) {
  auto const options = std::make_shared<ValidateOptions>();
  CLI::App& command = *app.add_subcommand("validate", "Show that this build is right on this machine");
  command.add_flag("--quick", options->quick, "Fewer draws: ten seconds instead of minutes");
  options->hardware.add_to(command);
  command.footer(
      "Checks known answers, compares every engine of this machine with reference bit for bit, and compares "
      "every strategy under every law with its exact mean and distribution where they are known. Seeds are "
      "fixed, so that a second run gives the same answer; among other seeds a right program would fail once "
      "in a million. z is a distance in standard errors, K is Kolmogorov's distance times the square root of "
      "the iterations. Exit code 3 when a check fails.\n");
  command.callback([options] { run_validate(*options); });
}

}  // namespace dsgd
