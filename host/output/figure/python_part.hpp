/// Parts of the Python package that the program runs by itself: they draw its figures and make its pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dsgd {

/// The path of a script of the package: beside the program in a build folder, under share/ where it is installed, in the
/// package where a wheel holds both.
/// @param name    of the file
/// @param wanter  option or command, for messages
/// @param use     of the script, for messages: "it draws the figures"
/// @throws Error file where there is none
std::string find_script(std::string_view name, std::string_view wanter, std::string_view use);

/// Packages that a script needs.
struct PythonNeeds {
  std::string_view packages;  ///< for messages: "matplotlib"
  std::string_view debian;    ///< what to install for them
};

/// A Python that can run a script: tries $DSGD_PYTHON, python3 and /usr/bin/python3 in turn.
/// @param command  the script and its arguments; with --check it ends with 0 where it finds what it needs
/// @throws Error file where there is none
std::string find_python(std::vector<std::string> const& command, std::string_view wanter,
                        std::string_view use, PythonNeeds needs);

/// The last line of what a script wrote to stderr, without its own "dsgd: ".
std::string last_line(std::string text);

}  // namespace dsgd
