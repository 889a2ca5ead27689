#include "output/format.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "dsgd/error.hpp"
#include "text/nearest_name.hpp"

namespace dsgd {
namespace {

constexpr std::array formats{
    OutputFormat{"csv", csv_text, false},
    OutputFormat{"json", json_text, true},
    OutputFormat{"md", markdown_text, false},
};

}  // namespace

OutputFormat const& choose_format(std::string_view path, std::string_view explicit_format) {
  std::string const extension = std::filesystem::path(path).extension().string();
  std::string_view const wanted =
      !explicit_format.empty() || extension.empty() ? explicit_format : std::string_view(extension).substr(1);
  for (OutputFormat const& format : formats)
    if (format.name == wanted) return format;
  if (!explicit_format.empty()) {
    std::vector<std::string> names;
    names.reserve(formats.size());
    for (OutputFormat const& format : formats) names.emplace_back(format.name);
    throw unknown_value("--format", explicit_format, names);
  }
  if (wanted == "png" || wanted == "svg" || wanted == "pdf")
    throw Error(ExitCode::usage, "--output '" + std::string(path) + "' is no format of results",
                "its extension is that of a figure",
                "give .csv, .json or .md; sweep, fit and race draw by --plot " + std::string(path));
  throw Error(ExitCode::usage, "--output '" + std::string(path) + "' names no format",
              "its extension is none of .csv, .json, .md", "add --format csv, json or md");
}

}  // namespace dsgd
