/// Text from files of others, before a terminal or a result gets to see it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dsgd {

/// Place of the first byte that makes no text of UTF-8: a control character other than tab, LF and CR, or
/// what is not UTF-8 (surrogates and overlong forms are not); npos where all is text.
std::size_t find_no_text(std::string_view text);

/// Its beginning, of `bytes` at most, in whole characters, with spaces for tabs and line ends. @pre it is
/// text (else characters may be cut)
std::string excerpt(std::string_view text, std::size_t bytes);

/// One word of a shell's command: in quotes where it holds more than letters, digits and a few signs.
std::string shell_word(std::string_view text);

/// A path as one word of a command, and no option.
std::string path_word(std::string const& path);

/// Checks a unit's name, as a user types it. @throws Error usage for what does not fit into a table or would
/// steer a terminal
void check_unit(std::string_view unit);

}  // namespace dsgd
