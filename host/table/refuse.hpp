/// How a table is refused: one line for the user that names the file.
#pragma once

#include <string>
#include <utility>

namespace dsgd::table {

/// The file of a table, and how the user names it and its keys.
struct Source {
  std::string path;
  std::string option = "--law empirical";  ///< what messages begin with

  Source(std::string own_path) : path(std::move(own_path)) {}  // NOLINT(google-explicit-constructor): a path
  Source(char const* own_path) : path(own_path) {}             // NOLINT(google-explicit-constructor): a path
  Source(std::string own_path, std::string own_option)
      : path(std::move(own_path)), option(std::move(own_option)) {}

  /// True where keys are options of a command.
  bool has_options() const { return !option.starts_with("--"); }

  /// A key as the user types it before its value: "column=", or "--column " for a command.
  std::string key(std::string const& name) const { return has_options() ? "--" + name + " " : name + "="; }

  /// A key alone: "column=", or "--column".
  std::string name_of(std::string const& key) const { return has_options() ? "--" + key : key + "="; }

  /// A key as what a wrong value is of: "--law empirical: column", or "--column".
  std::string option_of(std::string const& key) const {
    return has_options() ? "--" + key : option + ": " + key;
  }
};

/// @throws Error usage, always: "--law empirical: 'path' problem (why): advice"
[[noreturn]] void refuse(Source const& source, std::string const& problem, std::string const& why,
                         std::string const& advice);

/// @throws Error file, always: "--law empirical: 'path' cannot be read (why): ..."
[[noreturn]] void refuse_unreadable(Source const& source, std::string const& why);

}  // namespace dsgd::table
