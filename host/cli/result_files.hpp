/// The files of --output: shared by all commands that write results.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bytes/file.hpp"
#include "output/format.hpp"

namespace CLI {
class App;
}

namespace dsgd {

/// --output and --format: shared by all commands that write results in several formats. As typed.
struct OutputOptions {
  std::vector<std::string> outputs;
  std::optional<std::string> format;

  void add_to(CLI::App& command);
};

/// Checks the --output of a command that writes JSON and nothing else.
/// @throws Error usage for an --output of another name
void require_json_name(std::string const& path, std::string const& command);

/// Files that a command reads or keeps, which no result may replace.
struct KeptFiles {
  std::vector<std::string> stores, traces;
  std::vector<std::string> results = {};

  /// @param path  of the result, as typed
  /// @throws Error usage where the result would replace one of them
  void require_none(OutputFile const& file, std::string const& path) const;
};

/// The files of --output, found usable before anything is computed.
class ResultFiles {
 public:
  /// @throws Error usage for empty names, unknown formats and one destination named twice; file for what cannot
  /// be written
  ResultFiles(OutputOptions const& options, KeptFiles const& kept);

  std::size_t size() const { return files_.size(); }
  OutputFile const& file(std::size_t i) const { return files_[i]; }
  OutputFormat const& format(std::size_t i) const { return *formats_[i]; }

  /// Does one of them go to standard output?
  bool take_stdout() const;

  /// Is it the destination of one of them?
  bool has(std::string const& destination) const;

  /// As the user named them: "a.csv, b.json".
  std::string names() const;

  /// Rows that a table beside files has at most: about what a screen shows.
  static constexpr std::size_t max_rows_beside_files = 40;

  /// What a long table gives way to where all of it stands in a file. @param rows  of the table
  std::optional<std::string> in_place_of_table(std::size_t rows) const;

  /// Files that are replaced are written after pipes and devices, so that none is when one of those refuses.
  /// @param contents  one for each file; what has none is not written
  /// @throws Error file
  void write(std::vector<std::optional<std::string>> const& contents);

 private:
  std::vector<OutputFormat const*> formats_;
  std::vector<OutputFile> files_;
};

}  // namespace dsgd
