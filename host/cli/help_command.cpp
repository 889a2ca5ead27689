#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "bytes/file.hpp"
#include "cli/commands.hpp"
#include "cli/unknown_word.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

std::string help_of(CLI::App const& app, std::optional<std::string> const& name) {
  // The application itself would answer with the help of the command that is running, which is this one.
  if (!name) return app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::Normal);
  std::vector<CLI::App const*> const named =
      app.get_subcommands([&](CLI::App const* command) { return command->get_name() == *name; });
  if (named.empty()) throw unknown_command(app, *name);
  return named.front()->help(app.get_name());
}

}  // namespace

void add_help_command(CLI::App& app) {
  auto const name = std::make_shared<std::optional<std::string>>();
  CLI::App& command = *app.add_subcommand("help", "Explain a command: the same as 'dsgd COMMAND --help'");
  command.add_option("COMMAND", *name, "One of the commands that 'dsgd help' lists [all of them]");
  command.footer(
      "Examples:\n  dsgd help         all commands, and exit codes\n  dsgd help sweep   strategies, laws and "
      "columns, too\n");
  command.callback([&app, name] { write_all(1, wrapped(help_of(app, *name)), "standard output"); });
}

}  // namespace dsgd
