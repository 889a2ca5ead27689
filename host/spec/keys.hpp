/// The keys of a spec, before anybody looks at the types of their values: which may stand there, and which must.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/parameter.hpp"
#include "spec/spec.hpp"

namespace dsgd {

/// What a law, strategy or model declares of its keys.
struct Keys {
  struct Key {
    std::string_view key;
    Presence presence;
  };

  std::string_view name;  ///< of the law or strategy; may be empty
  std::vector<Key> keys;
  std::vector<std::string_view> one_of;  ///< of which one is needed; empty where none is
};

/// Are keys shown that specs may leave out?
enum class ImpliedKeys { left_out, shown };

/// "name:key=:key=" of the keys, optional ones in brackets.
std::string form_of(Keys const& keys, ImpliedKeys implied);

/// What errors call a spec: "--law gamma", or the option alone where a spec has no name.
std::string named(std::string_view option, std::string const& name);
/// What they call one of its keys: "--law gamma: shape".
std::string named(std::string_view option, std::string const& name, std::string_view key);

/// The value that a spec gives to a key; null where it gives none.
std::string const* given_value(Spec const& spec, std::string_view key);

/// Adds "key=value" to a spec, after a colon where something stands before it.
void append_value(std::string& text, std::string_view key, std::string_view value);

/// @throws Error usage for a key that is unknown, repeated or missing
void check_keys(Spec const& spec, std::string_view option, Keys const& keys);

/// Adds a list of values to a number of combinations. @throws Error usage for more than max_list_entries
void check_combinations(std::size_t combinations, std::size_t values, Spec const& spec,
                        std::string_view option, Keys const& keys);

/// @param text  the spec as it was written
/// @throws Error usage always
[[noreturn]] void throw_impossible(std::string_view option, std::string const& text,
                                   std::string const& problem, std::string const& remedy);

}  // namespace dsgd
