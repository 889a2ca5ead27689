/// What a mistyped name was meant to be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/error.hpp"

namespace dsgd {

/// The known name that the fewest changes make of the typed one: letters left out, added, replaced, or two
/// neighbours exchanged, whether large or small. One change in three letters is the most that counts.
/// @return  the first of those that are as near; nothing where none is near enough
std::optional<std::string> nearest_name(std::string_view typed, std::vector<std::string> const& known);

/// "did you mean sync?", or what stands for it where no known name is near.
std::string did_you_mean(std::string_view typed, std::vector<std::string> const& known,
                         std::string_view otherwise);

/// What to tell a user who gave an option none of the values that it takes.
/// @param known  two or more, each a word
Error unknown_value(std::string_view option, std::string_view typed, std::vector<std::string> const& known);

}  // namespace dsgd
