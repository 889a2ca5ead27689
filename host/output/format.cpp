#include "output/format.hpp"

#include <array>
#include <filesystem>

#include "dsgd/error.hpp"

namespace dsgd {
namespace {

constexpr std::array formats{
    OutputFormat{"csv", csv_text, false},
    OutputFormat{"json", json_text, true},
    OutputFormat{"md", markdown_text, false},
};

}  // namespace

std::span<OutputFormat const> output_formats() { return formats; }

OutputFormat const& choose_format(std::string_view path, std::string_view explicit_format) {
  std::string const extension = std::filesystem::path(path).extension().string();
  std::string_view const wanted =
      !explicit_format.empty() || extension.empty() ? explicit_format : std::string_view(extension).substr(1);
  for (OutputFormat const& format : formats)
    if (format.name == wanted) return format;
  if (!explicit_format.empty())
    throw Error(ExitCode::usage, "--format '" + std::string(explicit_format) +
                                     "' is unknown (no such format): use csv, json or md");
  throw Error(ExitCode::usage,
              "--output '" + std::string(path) +
                  "' names no format (its extension is none of .csv, .json, .md): add --format "
                  "csv, json or md");
}

}  // namespace dsgd
