#include "spec/spec.hpp"

#include <algorithm>

#include "dsgd/error.hpp"
#include "spec/alternatives.hpp"

namespace dsgd {
namespace {

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// Does `key=` stand at the beginning of the text?
bool starts_with_key(std::string_view text) {
  std::size_t const equals = text.find('=');
  return equals != std::string_view::npos && equals > 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(equals), is_key_character);
}

/// Adds what stands from a place on: key=value, with colons between them.
/// @param form  how the whole is written, for messages
void add_values(Spec& spec, std::string_view text, std::size_t begin, std::string_view option,
                std::string const& form) {
  for (std::size_t end = begin; end != std::string_view::npos;) {
    std::string_view const rest = text.substr(end);
    std::size_t next = rest.find(':');
    while (next != std::string_view::npos && !starts_with_key(rest.substr(next + 1)))
      next = rest.find(':', next + 1);
    std::string_view const part = rest.substr(0, next);
    std::size_t const equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0)
      throw Error(
          ExitCode::usage,
          std::string(option) + " '" + std::string(text) + "' has the part '" + std::string(part) + "'",
          "not key=value", "write " + form);
    spec.values.emplace_back(part.substr(0, equals), part.substr(equals + 1));
    end = next == std::string_view::npos ? next : end + next + 1;
  }
}

}  // namespace

Spec parse_spec(std::string_view text, std::string_view option) {
  Spec spec;
  std::size_t const end = text.find(':');
  spec.name = text.substr(0, end);
  if (spec.name.empty())
    throw Error(ExitCode::usage, std::string(option) + " '" + std::string(text) + "' has no name",
                "the form is name:key=value", "give a name");
  if (end != std::string_view::npos) add_values(spec, text, end + 1, option, "name:key=value:key=value");
  return spec;
}

std::vector<Law> parse_laws(std::string_view text) { return parse_alternatives<Law>(text, "--law"); }

Law parse_law(std::string_view text) { return parse_alternative<Law>(text, "--law"); }

Communication parse_communication(std::string_view text) {
  return parse_alternative<Communication>(text, "--communication");
}

Law parse_server(std::string_view text) {
  constexpr std::string_view option = "--server";
  std::string const name = parse_spec(text, option).name;
  if (name == Empirical::name || name == Replay::name)
    throw Error(ExitCode::usage, "--server takes no measured times", "it has a law without a file",
                "fit one with 'dsgd fit'");
  if (name.find('*') != std::string::npos)
    throw Error(ExitCode::usage, quoted(option, text) + " is a fleet",
                "there is one server, which has one law", "write the law alone, without a number of workers");
  std::vector<std::string> names, forms;
  Alternatives<Law>::for_each([&]<class L>(L const&) {
    if constexpr (!std::is_same_v<L, Empirical>) {
      names.emplace_back(L::name);
      forms.push_back(form<L>());
    }
  });
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw unknown_name(name, option, names, forms);
  return parse_alternative<Law>(text, option);
}

Stragglers parse_stragglers(std::string_view text) {
  Spec spec;
  add_values(spec, text, 0, "--stragglers", form<Stragglers>() + ", or none");
  return only_one(fill<Stragglers>(spec, "--stragglers"), text, "--stragglers");
}

std::vector<Strategy> parse_strategies(std::string_view option_value) {
  std::vector<Strategy> strategies;
  for (std::string_view const text : split_specs(option_value)) {
    std::vector<Strategy> const parsed = parse_alternatives<Strategy>(text, "--strategy");
    if (parsed.size() > max_list_entries - strategies.size())
      throw Error(ExitCode::usage,
                  "--strategy names more than " + std::to_string(max_list_entries) + " strategies",
                  "each gives points", "name fewer");
    strategies.insert(strategies.end(), parsed.begin(), parsed.end());
  }
  return strategies;
}

Strategy parse_strategy(std::string_view text, std::string_view option) {
  return parse_alternative<Strategy>(text, option);
}

std::string canonical_spec(Law const& law) { return canonical_alternative(law); }
std::string canonical_spec(Strategy const& strategy) { return canonical_alternative(strategy); }
std::string canonical_spec(Stragglers const& stragglers) { return canonical_text(stragglers); }
std::string canonical_spec(Communication const& communication) {
  return canonical_alternative(communication);
}

std::vector<SpecHelp> law_help() {
  std::vector<SpecHelp> help = Alternatives<Law>::help();
  help.push_back({form<Replay>(), std::string(Replay::meaning)});
  return help;
}
std::vector<SpecHelp> law_key_help() {
  std::vector<SpecHelp> help;
  for_each_parameter<Replay>([&](auto const& parameter) {
    if (parameter.presence == Presence::implied)
      help.push_back({std::string(parameter.key) + "=", std::string(parameter.meaning)});
  });
  help.push_back({"shift=", "of every law but replay: added to every delay, time units [0]"});
  return help;
}

std::vector<SpecHelp> strategy_help() { return Alternatives<Strategy>::help(); }
std::vector<SpecHelp> communication_help() { return Alternatives<Communication>::help(); }

}  // namespace dsgd
