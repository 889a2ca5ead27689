#include "spec.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include "dsgd/error.hpp"
#include "number.hpp"

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

/// "name:key=:key=", as help shows it.
template <class T>
std::string form() {
  std::string text{T::name};
  for (auto const& parameter : T::parameters()) text.append(":").append(parameter.key).append("=");
  return text;
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

/// A T with the values of the spec.
template <class T>
T fill(Spec const& spec, std::string_view option) {
  auto const fail = [&](std::string const& problem) {
    throw Error(ExitCode::usage,
                std::string(option) + " " + spec.name + " " + problem + ": write " + form<T>());
  };
  T filled{};
  auto const parameters = T::parameters();
  for (auto const& [key, value] : spec.values) {
    auto const same_key = [&key = key](auto const& other) { return other.first == key; };
    if (std::count_if(spec.values.begin(), spec.values.end(), same_key) > 1)
      fail("has '" + key + "' twice (one value is needed)");
    auto const known = std::find_if(parameters.begin(), parameters.end(),
                                    [&key = key](auto const& parameter) { return parameter.key == key; });
    if (known == parameters.end()) fail("has no '" + key + "' (unknown key)");
  }
  for (auto const& parameter : parameters) {
    auto const given = std::find_if(spec.values.begin(), spec.values.end(),
                                    [&](auto const& value) { return value.first == parameter.key; });
    if (given == spec.values.end()) fail("lacks '" + std::string(parameter.key) + "' (it has no default)");
    std::string const what = std::string(option) + " " + spec.name + ": " + std::string(parameter.key);
    filled.*parameter.value = parse_real(given->second, what, parameter.low, parameter.high);
  }
  return filled;
}

template <class Variant>
Variant parse(std::string_view text, std::string_view option) {
  Spec const spec = parse_spec(text, option);
  std::optional<Variant> parsed;
  Alternatives<Variant>::for_each([&]<class T>(T const&) {
    if (spec.name == T::name) parsed = fill<T>(spec, option);
  });
  if (!parsed)
    throw Error(ExitCode::usage, std::string(option) + " '" + spec.name +
                                     "' is unknown (not in this version): use " +
                                     join(Alternatives<Variant>::forms()));
  return *parsed;
}

template <class Variant>
std::string canonical(Variant const& variant) {
  return std::visit(
      []<class T>(T const& alternative) {
        std::string text{T::name};
        for (auto const& parameter : T::parameters())
          text.append(":").append(parameter.key).append("=").append(shortest(alternative.*parameter.value));
        return text;
      },
      variant);
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

Law parse_law(std::string_view text) { return parse<Law>(text, "--law"); }
Strategy parse_strategy(std::string_view text) { return parse<Strategy>(text, "--strategy"); }

std::string canonical_spec(Law const& law) { return canonical(law); }
std::string canonical_spec(Strategy const& strategy) { return canonical(strategy); }

std::vector<std::string> law_forms() { return Alternatives<Law>::forms(); }
std::vector<std::string> strategy_forms() { return Alternatives<Strategy>::forms(); }

}  // namespace dsgd
