#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/unknown_word.hpp"
#include "cli/version_text.hpp"
#include "dsgd/error.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

/// "dsgd sweep", or "dsgd" while no command was recognised.
std::string command_name(CLI::App const& app) {
  std::vector<CLI::App const*> const commands =
      app.get_subcommands([](CLI::App const* c) { return c->parsed(); });
  return commands.empty() ? "dsgd" : "dsgd " + commands.front()->get_name();
}

/// @param message  of CLI11: "--seed: At Most 1 required but received 2" or "--seed: 1 required N missing"
std::string mismatch(std::string const& message) {
  std::string const option = message.substr(0, message.find(':'));
  if (message.find("received") != std::string::npos)
    return option + " is given more than once (one value is taken): give it once";
  return option + " is given without a value (it takes one): give one";
}

}  // namespace

void run_command_line(int argc, char** argv, Ranks& ranks) {
  CLI::App app(
      "How long does an iteration of distributed SGD take, when m workers need random times and a strategy "
      "decides whom to wait for?",
      "dsgd");
  std::vector<std::string> const arguments(argv, argv + argc);
  app.set_version_flag("-V,--version", version_text);
  app.footer(
      "'dsgd sweep' alone runs the notebook's sweep. 'dsgd help COMMAND' explains a command.\n\n"
      "Exit codes: 0 ok, 1 internal error or out of memory, 2 usage or invalid parameter, 3 validation "
      "failed, 4 engine or device not available, 5 CUDA or device-memory error, 6 file cannot be read or "
      "written, 7 store or result damaged or of another sweep, 75 stopped early with a store, 130 (SIGINT) "
      "or 143 "
      "without one, 141 the reader of standard output left\n\n"
      "Environment: DSGD_ISA=avx512|avx2|portable sets the instruction set of engine cpu; DSGD_PYTHON is "
      "the Python that draws figures and makes reports; NO_COLOR switches off the colour of progress bars");
  app.require_subcommand(0, 1);
  add_sweep_command(app, arguments, ranks);
  add_exact_command(app, arguments);
  add_validate_command(app);
  add_bench_command(app, arguments);
  add_plan_command(app, arguments);
  add_status_command(app, arguments);
  add_resume_command(app, arguments, ranks);
  add_merge_command(app, arguments);
  add_fit_command(app, arguments);
  add_recommend_command(app, arguments);
  add_race_command(app, arguments);
  add_report_command(app);
  add_draw_command(app);
  add_devices_command(app);
  add_help_command(app);
  for (CLI::App* const command : app.get_subcommands({}))  // no page of help lists it twice
    command->set_version_flag("-V,--version", version_text)->group("");
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty())
      throw Error(ExitCode::usage, "no command is given", "dsgd needs one",
                  "try 'dsgd sweep', or see 'dsgd --help'");
  } catch (CLI::Success const& asked) {  // --help, --version
    std::ostringstream text;
    app.exit(asked, text, text);
    write_all(1, wrapped(text.str()), "standard output");
  } catch (CLI::ExtrasError const&) {
    throw unknown_word(app, app.remaining(true).front());
  } catch (CLI::ArgumentMismatch const& error) {
    throw Error(ExitCode::usage, mismatch(error.what()) + ", or see '" + command_name(app) + " --help'");
  } catch (CLI::RequiredError const& error) {
    std::string_view const text = error.what();  // "FILE is required"
    std::string const command = command_name(app);
    throw Error(ExitCode::usage, std::string(text.substr(0, text.find(" is required"))) + " is missing",
                "'" + command + "' needs it", "see '" + command + " --help'");
  } catch (CLI::ParseError const& error) {
    throw Error(ExitCode::usage, std::string(error.what()), "the command line cannot be read",
                "see '" + command_name(app) + " --help'");
  }
}

}  // namespace dsgd
