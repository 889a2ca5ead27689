#include "cli/result_files.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "dsgd/error.hpp"

namespace dsgd {
namespace {

/// True where two paths lead to one file, or would if it existed.
bool are_same(std::string const& a, std::string const& b) {
  std::error_code none;
  auto const place = [&](std::string const& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, none), none);
  };
  return place(a) == place(b);
}

}  // namespace

void OutputOptions::add_to(CLI::App& command) {
  command
      .add_option(
          "-o,--output", outputs,
          "Write results: .csv, .json or .md by extension; '-' is standard output. Repeatable. A table "
          "of up to 40 rows is printed, too [a table on standard output]")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--format", format,
                  "csv, json or md, in place of the extension; without --output, to standard output")
      ->type_name("NAME");
}

void require_json_name(std::string const& path, std::string const& command) {
  if (path.empty())
    throw Error(ExitCode::usage, "--output is empty", "a file name is needed",
                "name a file, or - for standard output");
  std::string const extension = std::filesystem::path(path).extension().string();
  if (!extension.empty() && extension != ".json")
    throw Error(ExitCode::usage, "--output '" + path + "' is not a .json file",
                command + " writes JSON and nothing else", "name it .json");
}

void KeptFiles::require_none(OutputFile const& file, std::string const& path) const {
  auto const refuse = [&](std::vector<std::string> const& kept, char const* what) {
    for (std::string const& name : kept)
      if (!file.is_stdout() && are_same(name, file.destination()))
        throw Error(ExitCode::usage, "'" + path + "' is " + what + " too", "the result would replace it",
                    "name another file");
  };
  refuse(stores, "a store");
  refuse(traces, "a file of measured times");
  refuse(results, "a result that is read");
}

ResultFiles::ResultFiles(OutputOptions const& options, KeptFiles const& kept) {
  std::vector<std::string> paths = options.outputs;
  std::optional<std::string> const& format = options.format;
  if (format && format->empty())
    throw Error(ExitCode::usage, "--format is empty", "a name is needed", "use csv, json or md");
  if (paths.empty() && format) paths.emplace_back("-");
  for (std::string const& path : paths) {
    if (path.empty())
      throw Error(ExitCode::usage, "--output is empty", "a file name is needed",
                  "name a file, or - for standard output");
    formats_.push_back(&choose_format(path, format.value_or("")));
    OutputFile file(path);
    if (has(file.destination()))
      throw Error(ExitCode::usage, "--output '" + path + "' is named twice", "one would overwrite the other",
                  "name it once");
    kept.require_none(file, path);
    files_.push_back(std::move(file));
  }
}

bool ResultFiles::take_stdout() const {
  return std::any_of(files_.begin(), files_.end(), [](OutputFile const& file) { return file.is_stdout(); });
}

bool ResultFiles::has(std::string const& destination) const {
  return std::any_of(files_.begin(), files_.end(),
                     [&](OutputFile const& file) { return file.destination() == destination; });
}

std::string ResultFiles::names() const {
  std::string names;
  for (OutputFile const& file : files_) names.append(names.empty() ? "" : ", ").append(file.shown());
  return names;
}

std::optional<std::string> ResultFiles::in_place_of_table(std::size_t rows) const {
  if (files_.empty() || rows <= max_rows_beside_files) return std::nullopt;
  return std::to_string(rows) + " points written to " + names() + "\n";
}

void ResultFiles::write(std::vector<std::optional<std::string>> const& contents) {
  for (std::size_t i = 0; i < files_.size(); ++i)
    if (contents[i]) files_[i].stage(*contents[i]);
  for (bool const replaced : {false, true})
    for (std::size_t i = 0; i < files_.size(); ++i)
      if (contents[i] && files_[i].is_replaced() == replaced) files_[i].commit(*contents[i]);
}

}  // namespace dsgd
