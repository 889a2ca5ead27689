#include "spec/spec.hpp"

#include <algorithm>
#include <variant>

#include "dsgd/error.hpp"
#include "spec/fill.hpp"
#include "text/nearest_name.hpp"

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

/// A '+' separates groups where a number and '*' follow: it may also stand in 1e+5, or in a path.
std::vector<std::string_view> split_groups(std::string_view text) {
  std::vector<std::string_view> groups;
  for (std::size_t start = 0, plus = text.find('+');; plus = text.find('+', plus + 1)) {
    std::string_view const rest = plus == std::string_view::npos ? "" : text.substr(plus + 1);
    std::size_t const digits = rest.find_first_not_of("0123456789_");
    bool const separates = digits != 0 && digits != std::string_view::npos && rest[digits] == '*';
    if (plus != std::string_view::npos && !separates) continue;
    groups.push_back(text.substr(start, plus - start));
    if (plus == std::string_view::npos) return groups;
    start = plus + 1;
  }
}

template <class Variant>
struct Alternatives;
template <class... T>
struct Alternatives<std::variant<T...>> {
  static std::vector<std::string> forms() { return {form<T>()...}; }
  static std::vector<std::string> names() { return {std::string(T::name)...}; }
  static std::vector<SpecHelp> help() { return {{form<T>(), std::string(T::meaning)}...}; }

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
    throw Error(ExitCode::usage, std::string(option) + " '" + spec.name + "' is unknown (" +
                                     did_you_mean(spec.name, Alternatives<Variant>::names(), "no such name") +
                                     "): use " + join(Alternatives<Variant>::forms()));
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
                                     "' has no name (the form is name:key=value): give a name");
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

Fleet parse_fleet(std::string_view text) {
  std::vector<FleetGroup> groups;
  std::uint64_t workers = 0;
  for (std::string_view const part : split_groups(text)) {
    std::size_t const star = part.find('*');
    if (star == std::string_view::npos || part.find_first_not_of("0123456789_") != star) {
      if (part.size() == text.size()) return parse_law(text);
      throw Error(ExitCode::usage, "--law '" + std::string(text) + "' has the group '" + std::string(part) +
                                       "' without a number of workers (a fleet is made of groups): write "
                                       "15*exponential:rate=2+1*exponential:rate=0.2");
    }
    groups.push_back({parse_count(part.substr(0, star), "--law workers of a group", 1, max_workers),
                      parse_law(part.substr(star + 1))});
    workers += groups.back().workers;
    if (workers > max_workers)
      throw Error(ExitCode::usage, "--law '" + std::string(text) + "' has more than " +
                                       std::to_string(max_workers) +
                                       " workers (the most that can be drawn): name fewer");
  }
  return Fleet(std::move(groups));
}

std::vector<std::string> files_of(std::string_view text) {
  std::vector<std::string> files;
  for (std::string_view const part : split_groups(text))
    for (auto const& [key, value] : parse_spec(part, "--law").values)
      if (key == "file") files.push_back(value);
  return files;
}

Communication parse_communication(std::string_view text) {
  return parse_one<Communication>(text, "--communication");
}

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
std::string canonical_spec(Fleet const& fleet) {
  if (fleet.uniform()) return canonical_spec(fleet.law());
  std::string text;
  for (FleetGroup const& group : fleet.groups())
    text += (text.empty() ? "" : "+") + std::to_string(group.workers) + "*" + canonical_spec(group.law);
  return text;
}

std::string fleet_spec(Point const& point) {
  return point.fleet.empty() ? canonical_spec(point.law) : canonical_spec(Fleet(point.fleet));
}

std::string canonical_spec(Communication const& communication) { return canonical(communication); }

std::vector<SpecHelp> law_help() { return Alternatives<Law>::help(); }
std::vector<SpecHelp> strategy_help() { return Alternatives<Strategy>::help(); }
std::vector<SpecHelp> communication_help() { return Alternatives<Communication>::help(); }

}  // namespace dsgd
