/// Specs into structs and back, driven by the parameters that a struct declares.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "dsgd/error.hpp"
#include "dsgd/parameter.hpp"
#include "spec/parameters.hpp"
#include "spec/remedy.hpp"
#include "spec/spec.hpp"
#include "text/nearest_name.hpp"
#include "text/number.hpp"
#include "text/value_list.hpp"

namespace dsgd {

/// What errors call a spec: "--law gamma", or the option alone where a spec has no name.
inline std::string named(std::string_view option, std::string const& name) {
  return name.empty() ? std::string(option) : std::string(option) + " " + name;
}

/// "name:key=:key=" of all keys that are not left out, optional ones in brackets.
template <class T>
std::string form_with(bool implied) {
  std::string text{T::name};
  for_each_parameter<T>([&](auto const& parameter) {
    if (parameter.presence == Presence::implied && !implied) return;
    bool const optional = parameter.presence != Presence::required;
    text.append(optional ? "[" : "").append(text.empty() ? "" : ":").append(parameter.key);
    text.append(optional ? "=]" : "=");
  });
  return text;
}

/// As help shows it: keys that few need, and help explains elsewhere, are left out.
template <class T>
std::string form() {
  return form_with<T>(false);
}

// The values that a text names, by the parameter's type: several where the type has lists.

template <class Owner>
std::vector<double> parse_values(Parameter<Owner, double> const& parameter, std::string const& text,
                                 std::string const& what) {
  bool const is_share = parameter.low >= 0 && parameter.high <= 1;
  return is_share ? parse_fraction_list(text, what, parameter.low, parameter.high)
                  : parse_real_list(text, what, parameter.low, parameter.high);
}

template <class Owner>
std::vector<std::uint32_t> parse_values(Parameter<Owner, std::uint32_t> const& parameter,
                                        std::string const& text, std::string const& what) {
  std::vector<std::uint64_t> const counts = parse_count_list(
      text, what, static_cast<std::uint32_t>(parameter.low), static_cast<std::uint32_t>(parameter.high));
  return {counts.begin(), counts.end()};
}

template <class Owner>
std::vector<Share> parse_values(Parameter<Owner, Share> const& parameter, std::string const& text,
                                std::string const& what) {
  return parse_share_list(text, what, static_cast<std::uint32_t>(parameter.low),
                          static_cast<std::uint32_t>(parameter.high));
}

template <class Owner>
std::vector<std::string> parse_values(Parameter<Owner, std::string> const& parameter, std::string const& text,
                                      std::string const& what) {
  if (text.empty())
    throw Error(ExitCode::usage, what + " is empty", "it is needed",
                "give the " + std::string(parameter.meaning));
  return {text};
}

inline std::string value_text(double value) { return shortest(value); }
inline std::string value_text(std::uint32_t value) { return std::to_string(value); }
inline std::string value_text(Share value) { return share_text(value); }
inline std::string value_text(std::string const& value) { return value; }

/// The one spec of a T: every key in its declared order, numbers in shortest form. Left out are those that it
/// does not show, and implied ones that have their defaults.
template <class T>
std::string canonical_text(T const& filled) {
  std::string text{T::name};
  for_each_parameter<T>([&](auto const& parameter) {
    if constexpr (requires { filled.shows(parameter.key); })
      if (!filled.shows(parameter.key)) return;
    bool const is_default = filled.*parameter.value == T{}.*parameter.value;
    if (parameter.presence == Presence::implied && is_default) return;
    text.append(text.empty() ? "" : ":")
        .append(parameter.key)
        .append("=")
        .append(value_text(filled.*parameter.value));
  });
  return text;
}

/// The values of one T as the spec wrote them: the keys that it gives, and no other.
template <class T>
std::string written_text(T const& filled, Spec const& spec) {
  std::string text = spec.name;
  for_each_parameter<T>([&](auto const& parameter) {
    bool const is_given = std::any_of(spec.values.begin(), spec.values.end(),
                                      [&](auto const& value) { return value.first == parameter.key; });
    if (!is_given) return;
    text.append(text.empty() ? "" : ":")
        .append(parameter.key)
        .append("=")
        .append(value_text(filled.*parameter.value));
  });
  return text;
}

/// Does a T need more than its parameters' values? Then complete() is declared beside it.
template <class T>
concept Incomplete = requires(T& filled) {
  complete(filled);
};

/// Each T that the spec names: one for every combination of the values in its lists, the last key running
/// fastest.
/// @throws Error usage for unknown, repeated or missing keys, values out of range or at odds with each other
template <class T>
std::vector<T> fill(Spec const& spec, std::string_view option) {
  auto const fail = [&](std::string const& problem, std::string const& why, std::string const& written) {
    throw Error(ExitCode::usage, named(option, spec.name) + " " + problem, why, "write " + written);
  };
  for (auto const& [key, value] : spec.values) {
    auto const same_key = [&key = key](auto const& other) { return other.first == key; };
    if (std::count_if(spec.values.begin(), spec.values.end(), same_key) > 1)
      fail("has '" + key + "' twice", "one value is needed", form<T>());
    std::vector<std::string> keys;
    for_each_parameter<T>([&](auto const& parameter) { keys.emplace_back(parameter.key); });
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
      fail("has no '" + key + "'", did_you_mean(key, keys, "unknown key"), form_with<T>(true));
  }
  if constexpr (requires { T::one_of; }) {
    std::string keys;
    bool is_given = false;
    for (std::string_view const key : T::one_of) {
      keys.append(keys.empty() ? "'" : " or '").append(key).append("'");
      for (auto const& value : spec.values) is_given = is_given || value.first == key;
    }
    if (!is_given) fail("needs " + keys, "one of them has to be given", form<T>());
  }
  std::vector<T> filled(1);
  for_each_parameter<T>([&](auto const& parameter) {
    auto const given = std::find_if(spec.values.begin(), spec.values.end(),
                                    [&](auto const& value) { return value.first == parameter.key; });
    if (given == spec.values.end()) {
      if (parameter.presence == Presence::required)
        fail("needs '" + std::string(parameter.key) + "'", "it has no default", form<T>());
      return;
    }
    std::string const what = named(option, spec.name) + ": " + std::string(parameter.key);
    auto const values = parse_values(parameter, given->second, what);
    if (values.size() > max_list_entries / filled.size())
      fail("has lists of more than " + std::to_string(max_list_entries) + " combinations",
           "each gives points", form<T>());
    std::vector<T> combined;
    combined.reserve(filled.size() * values.size());
    for (T const& before : filled)
      for (auto const& value : values) {
        combined.push_back(before);
        combined.back().*parameter.value = value;
      }
    filled = std::move(combined);
  });
  for (T& one : filled) {
    if constexpr (Incomplete<T>) complete(one);
    if (std::string const problem = problem_of(one); !problem.empty())
      throw Error(ExitCode::usage, named(option, written_text(one, spec)) + " is impossible", problem,
                  remedy_of(one));
  }
  return filled;
}

}  // namespace dsgd
