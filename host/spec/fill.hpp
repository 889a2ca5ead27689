/// Specs into structs and back, driven by the parameters that a struct declares.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "dsgd/error.hpp"
#include "dsgd/parameter.hpp"
#include "spec/keys.hpp"
#include "spec/parameters.hpp"
#include "spec/remedy.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/value_list.hpp"

namespace dsgd {

/// What a T's declaration says of its keys.
template <class T>
Keys keys_of() {
  Keys keys;
  keys.name = T::name;
  for_each_parameter<T>([&](auto const& parameter) {
    keys.keys.push_back({parameter.key, parameter.presence});
  });
  if constexpr (requires { T::one_of; }) keys.one_of.assign(T::one_of.begin(), T::one_of.end());
  return keys;
}

/// As help shows it: keys that few need, and help explains elsewhere, are left out.
template <class T>
std::string form() {
  return form_of(keys_of<T>(), ImpliedKeys::left_out);
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
    append_value(text, parameter.key, value_text(filled.*parameter.value));
  });
  return text;
}

/// The values of one T as the spec wrote them: the keys that it gives, and no other.
template <class T>
std::string written_text(T const& filled, Spec const& spec) {
  std::string text = spec.name;
  for_each_parameter<T>([&](auto const& parameter) {
    if (given_value(spec, parameter.key) == nullptr) return;
    append_value(text, parameter.key, value_text(filled.*parameter.value));
  });
  return text;
}

/// Does a T need more than its parameters' values? Then complete() is declared beside it.
template <class T>
concept Incomplete = requires(T& filled) {
  complete(filled);
};

/// `times` copies of each, beside each other.
template <class T>
void repeat_each(std::vector<T>& all, std::size_t times) {
  std::vector<T> repeated;
  repeated.reserve(all.size() * times);
  for (T const& one : all) repeated.insert(repeated.end(), times, one);
  all = std::move(repeated);
}

/// Each T that the spec names: one for every combination of the values in its lists, the last key running
/// fastest.
/// @throws Error usage for unknown, repeated or missing keys, values out of range or at odds with each other
template <class T>
std::vector<T> fill(Spec const& spec, std::string_view option) {
  Keys const keys = keys_of<T>();
  check_keys(spec, option, keys);
  std::vector<T> filled(1);
  for_each_parameter<T>([&](auto const& parameter) {
    std::string const* const given = given_value(spec, parameter.key);
    if (given == nullptr) return;
    auto const values = parse_values(parameter, *given, named(option, spec.name, parameter.key));
    check_combinations(filled.size(), values.size(), spec, option, keys);
    repeat_each(filled, values.size());
    for (std::size_t i = 0; i < filled.size(); ++i) filled[i].*parameter.value = values[i % values.size()];
  });
  for (T& one : filled) {
    if constexpr (Incomplete<T>) complete(one);
    if (std::string const problem = problem_of(one); !problem.empty())
      throw_impossible(option, written_text(one, spec), problem, remedy_of(one));
  }
  return filled;
}

}  // namespace dsgd
