#include "spec/keys.hpp"

#include <algorithm>

#include "dsgd/error.hpp"
#include "text/nearest_name.hpp"
#include "text/value_list.hpp"

namespace dsgd {
namespace {

[[noreturn]] void refuse(Spec const& spec, std::string_view option, std::string const& problem,
                         std::string const& why, std::string const& written) {
  throw Error(ExitCode::usage, named(option, spec.name) + " " + problem, why, "write " + written);
}

bool knows(Keys const& keys, std::string const& key) {
  return std::any_of(keys.keys.begin(), keys.keys.end(),
                     [&](Keys::Key const& known) { return known.key == key; });
}

void check_given(Spec const& spec, std::string_view option, Keys const& keys) {
  for (auto const& [key, value] : spec.values) {
    if (std::count_if(spec.values.begin(), spec.values.end(),
                      [&key = key](auto const& other) { return other.first == key; }) > 1)
      refuse(spec, option, "has '" + key + "' twice", "one value is needed",
             form_of(keys, ImpliedKeys::left_out));
    if (knows(keys, key)) continue;
    std::vector<std::string> names;
    for (Keys::Key const& known : keys.keys) names.emplace_back(known.key);
    refuse(spec, option, "has no '" + key + "'", did_you_mean(key, names, "unknown key"),
           form_of(keys, ImpliedKeys::shown));
  }
}

}  // namespace

std::string form_of(Keys const& keys, ImpliedKeys implied) {
  std::string text{keys.name};
  for (auto const& [key, presence] : keys.keys) {
    if (presence == Presence::implied && implied == ImpliedKeys::left_out) continue;
    bool const optional = presence != Presence::required;
    text.append(optional ? "[" : "").append(text.empty() ? "" : ":").append(key);
    text.append(optional ? "=]" : "=");
  }
  return text;
}

std::string named(std::string_view option, std::string const& name) {
  return name.empty() ? std::string(option) : std::string(option) + " " + name;
}

std::string named(std::string_view option, std::string const& name, std::string_view key) {
  return named(option, name) + ": " + std::string(key);
}

std::string const* given_value(Spec const& spec, std::string_view key) {
  auto const given = std::find_if(spec.values.begin(), spec.values.end(),
                                  [&](auto const& value) { return value.first == key; });
  return given == spec.values.end() ? nullptr : &given->second;
}

void append_value(std::string& text, std::string_view key, std::string_view value) {
  text.append(text.empty() ? "" : ":").append(key).append("=").append(value);
}

void check_keys(Spec const& spec, std::string_view option, Keys const& keys) {
  check_given(spec, option, keys);
  auto const is_given = [&](std::string_view key) { return given_value(spec, key) != nullptr; };
  std::string const form = form_of(keys, ImpliedKeys::left_out);
  if (!keys.one_of.empty() && std::none_of(keys.one_of.begin(), keys.one_of.end(), is_given)) {
    std::string names;
    for (std::string_view const key : keys.one_of)
      names.append(names.empty() ? "'" : " or '").append(key).append("'");
    refuse(spec, option, "needs " + names, "one of them has to be given", form);
  }
  for (auto const& [key, presence] : keys.keys)
    if (presence == Presence::required && !is_given(key))
      refuse(spec, option, "needs '" + std::string(key) + "'", "it has no default", form);
}

void check_combinations(std::size_t combinations, std::size_t values, Spec const& spec,
                        std::string_view option, Keys const& keys) {
  if (values > max_list_entries / combinations)
    refuse(spec, option, "has lists of more than " + std::to_string(max_list_entries) + " combinations",
           "each gives points", form_of(keys, ImpliedKeys::left_out));
}

void throw_impossible(std::string_view option, std::string const& text, std::string const& problem,
                      std::string const& remedy) {
  throw Error(ExitCode::usage, named(option, text) + " is impossible", problem, remedy);
}

}  // namespace dsgd
