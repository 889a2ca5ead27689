#include "spec.hpp"

#include <algorithm>
#include <variant>

#include "dsgd/error.hpp"
#include "spec_fill.hpp"
#include "trace.hpp"  // complete(Empirical&)

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

template <class Variant>
struct Alternatives;
template <class... T>
struct Alternatives<std::variant<T...>> {
  static std::vector<std::string> forms() { return {form<T>()...}; }

  template <class Function>
  static void for_each(Function&& function) {
    (function(T{}), ...);
  }
};

std::string join(std::vector<std::string> const& parts) {
  std::string text;
  for (std::string const& part : parts) text.append(text.empty() ? "" : ", ").append(part);
  return text;
}

template <class Variant>
std::vector<Variant> parse(std::string_view text, std::string_view option) {
  Spec const spec = parse_spec(text, option);
  std::vector<Variant> parsed;
  Alternatives<Variant>::for_each([&]<class T>(T const&) {
    if (spec.name != T::name) return;
    for (T& one : fill<T>(spec, option)) parsed.push_back(std::move(one));
  });
  if (parsed.empty())
    throw Error(ExitCode::usage, std::string(option) + " '" + spec.name +
                                     "' is unknown (not in this version): use " +
                                     join(Alternatives<Variant>::forms()));
  return parsed;
}

template <class Variant>
Variant parse_one(std::string_view text, std::string_view option) {
  std::vector<Variant> parsed = parse<Variant>(text, option);
  if (parsed.size() > 1)
    throw Error(ExitCode::usage, std::string(option) + " '" + std::string(text) +
                                     "' has a list (one value is needed here): give one value");
  return std::move(parsed.front());
}

template <class Variant>
std::string canonical(Variant const& variant) {
  return std::visit([](auto const& alternative) { return canonical_text(alternative); }, variant);
}

}  // namespace

Spec parse_spec(std::string_view text, std::string_view option) {
  Spec spec;
  std::size_t end = text.find(':');
  spec.name = text.substr(0, end);
  if (spec.name.empty())
    throw Error(ExitCode::usage, std::string(option) + " '" + std::string(text) +
                                     "' has no name (a spec is name:key=value): name one");
  while (end != std::string_view::npos) {
    std::string_view const rest = text.substr(end + 1);
    std::size_t next = rest.find(':');
    while (next != std::string_view::npos && !starts_with_key(rest.substr(next + 1)))
      next = rest.find(':', next + 1);
    std::string_view const part = rest.substr(0, next);
    std::size_t const equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0)
      throw Error(ExitCode::usage, std::string(option) + " '" + std::string(text) + "' has the part '" +
                                       std::string(part) +
                                       "' (not key=value): write name:key=value:key=value");
    spec.values.emplace_back(part.substr(0, equals), part.substr(equals + 1));
    end = next == std::string_view::npos ? next : end + 1 + next;
  }
  return spec;
}

Law parse_law(std::string_view text) { return parse_one<Law>(text, "--law"); }
Strategy parse_strategy(std::string_view text) { return parse_one<Strategy>(text, "--strategy"); }

std::vector<Strategy> parse_strategies(std::string_view option_value) {
  std::vector<Strategy> strategies;
  for (std::string_view const text : split_specs(option_value)) {
    std::vector<Strategy> const parsed = parse<Strategy>(text, "--strategy");
    if (parsed.size() > max_list_entries - strategies.size())
      throw Error(ExitCode::usage, "--strategy names more than " + std::to_string(max_list_entries) +
                                       " strategies (each gives points): name fewer");
    strategies.insert(strategies.end(), parsed.begin(), parsed.end());
  }
  return strategies;
}

std::string canonical_spec(Law const& law) { return canonical(law); }
std::string canonical_spec(Strategy const& strategy) { return canonical(strategy); }

std::vector<std::string> law_forms() { return Alternatives<Law>::forms(); }
std::vector<std::string> strategy_forms() { return Alternatives<Strategy>::forms(); }

}  // namespace dsgd
