#include "cli/unknown_word.hpp"

#include <CLI/CLI.hpp>
#include <vector>

#include "text/nearest_name.hpp"

namespace dsgd {
namespace {

/// The command that was recognised, or nothing.
CLI::App const* recognised(CLI::App const& app) {
  std::vector<CLI::App const*> const commands =
      app.get_subcommands([](CLI::App const* c) { return c->parsed() != 0; });
  return commands.empty() ? nullptr : commands.front();
}

std::vector<std::string> command_names(CLI::App const& app) {
  std::vector<std::string> names;
  for (CLI::App const* const command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

/// Without their dashes.
std::vector<std::string> option_names(CLI::App const& app) {
  std::vector<std::string> names;
  for (CLI::Option const* const option : app.get_options())
    names.insert(names.end(), option->get_lnames().begin(), option->get_lnames().end());
  return names;
}

}  // namespace

Error unknown_command(CLI::App const& app, std::string const& name) {
  return {ExitCode::usage, "'" + name + "' is not a command",
          did_you_mean(name, command_names(app), "no such command"), "see 'dsgd --help'"};
}

Error unknown_word(CLI::App const& app, std::string const& word) {
  CLI::App const* const command = recognised(app);
  std::string const name = command == nullptr ? "dsgd" : "dsgd " + command->get_name();
  std::string const see = "see '" + name + " --help'";
  std::size_t const dashes = word.find_first_not_of('-');
  if (dashes != 0 && dashes != std::string::npos) {
    std::string const option = word.substr(0, word.find('='));
    if (command != nullptr && command->get_option_no_throw(option) != nullptr)
      return {ExitCode::usage, "'" + word + "' is not where options of '" + name + "' are read",
              "after the command, and before any --", "write '" + name + " " + option + " ...'"};
    std::vector<std::string> const known = option_names(command == nullptr ? app : *command);
    auto const nearest = nearest_name(word.substr(dashes, word.find('=') - dashes), known);
    return {ExitCode::usage, "'" + word + "' is not an option of '" + name + "'",
            nearest ? "did you mean --" + *nearest + "?" : "no such option", see};
  }
  if (command == nullptr) return unknown_command(app, word);
  return {ExitCode::usage, "'" + word + "' was not expected", "it belongs to no option of '" + name + "'",
          see};
}

}  // namespace dsgd
