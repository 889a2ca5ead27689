/// What is common to laws, strategies and communications as text: each is one of several alternatives, by its name.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/error.hpp"
#include "spec/fill.hpp"
#include "spec/spec.hpp"
#include "spec/trace.hpp"
#include "text/nearest_name.hpp"

namespace dsgd {

/// The alternatives of a variant: how each is written and called.
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

inline std::string listed_forms(std::vector<std::string> const& parts) {
  std::string text;
  for (std::string const& part : parts) text.append(text.empty() ? "" : ", ").append(part);
  return text;
}

/// @param names, forms  of those that the option takes
inline Error unknown_name(std::string const& name, std::string_view option,
                          std::vector<std::string> const& names, std::vector<std::string> const& forms) {
  return {ExitCode::usage, std::string(option) + " '" + name + "' is unknown",
          did_you_mean(name, names, "no such name"), "use " + listed_forms(forms)};
}

template <class Variant>
Error unknown_name(std::string const& name, std::string_view option) {
  std::vector<std::string> names = Alternatives<Variant>::names(), forms = Alternatives<Variant>::forms();
  if constexpr (std::is_same_v<Variant, Law>) {
    names.emplace_back(Replay::name);
    forms.push_back(form<Replay>());
  }
  return unknown_name(name, option, names, forms);
}

/// All values that a text names: several where it has lists. @throws Error usage
template <class Variant>
std::vector<Variant> parse_alternatives(std::string_view text, std::string_view option) {
  Spec const spec = parse_spec(text, option);
  std::vector<Variant> parsed;
  Alternatives<Variant>::for_each([&]<class T>(T const&) {
    if (spec.name != T::name) return;
    for (T& one : fill<T>(spec, option)) parsed.push_back(std::move(one));
  });
  if (parsed.empty()) throw unknown_name<Variant>(spec.name, option);
  return parsed;
}

/// The value of a text that may name no list. @throws Error usage
template <class Value>
Value only_one(std::vector<Value> values, std::string_view text, std::string_view option) {
  if (values.size() > 1)
    throw Error(ExitCode::usage, std::string(option) + " '" + std::string(text) + "' has a list",
                "one value is needed here", "give one value");
  return std::move(values.front());
}

/// @throws Error usage, also for lists
template <class Variant>
Variant parse_alternative(std::string_view text, std::string_view option) {
  return only_one(parse_alternatives<Variant>(text, option), text, option);
}

template <class Variant>
std::string canonical_alternative(Variant const& variant) {
  return std::visit([](auto const& alternative) { return canonical_text(alternative); }, variant);
}

}  // namespace dsgd
