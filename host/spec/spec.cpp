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

}  // namespace

Spec parse_spec(std::string_view text, std::string_view option) {
  Spec spec;
  std::size_t end = text.find(':');
  spec.name = text.substr(0, end);
  if (spec.name.empty())
    throw Error(ExitCode::usage, std::string(option) + " '" + std::string(text) + "' has no name",
                "the form is name:key=value", "give a name");
  while (end != std::string_view::npos) {
    std::string_view const rest = text.substr(end + 1);
    std::size_t next = rest.find(':');
    while (next != std::string_view::npos && !starts_with_key(rest.substr(next + 1)))
      next = rest.find(':', next + 1);
    std::string_view const part = rest.substr(0, next);
    std::size_t const equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0)
      throw Error(
          ExitCode::usage,
          std::string(option) + " '" + std::string(text) + "' has the part '" + std::string(part) + "'",
          "not key=value", "write name:key=value:key=value");
    spec.values.emplace_back(part.substr(0, equals), part.substr(equals + 1));
    end = next == std::string_view::npos ? next : end + 1 + next;
  }
  return spec;
}

Law parse_law(std::string_view text) { return parse_alternative<Law>(text, "--law"); }

Communication parse_communication(std::string_view text) {
  return parse_alternative<Communication>(text, "--communication");
}

Law parse_server(std::string_view text) {
  Law law = parse_alternative<Law>(text, "--server");
  if (std::holds_alternative<Empirical>(law))
    throw Error(ExitCode::usage, "--server takes no measured times", "it has a law without a file",
                "fit one with 'dsgd fit'");
  return law;
}

Stragglers parse_stragglers(std::string_view text) {
  Spec spec = parse_spec("stragglers:" + std::string(text), "--stragglers");
  spec.name.clear();
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
