#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bytes/file.hpp"
#include "cli/figures.hpp"
#include "cli/result_files.hpp"
#include "output/format.hpp"

namespace CLI {
class App;
}

namespace dsgd {

/// --output, --format, --plot, --plot-kind and --unit: shared by all commands that write results. As typed.
struct ResultOptions {
  OutputOptions files;
  std::vector<std::string> plots;
  std::optional<std::string> plot_kind;
  std::string unit;

  void add_to(CLI::App& command);
};

/// Where the results of a sweep go; found usable before anything is computed.
class Destinations {
 public:
  /// @param points  that the result will have
  /// @param stores  stores and
  /// @param traces  files of measured times, which no result may replace
  /// @throws Error usage for empty names, unknown formats and kinds of figures, a unit that is none, one
  /// destination named twice, and a figure of means where there will be none; file for what cannot be written
  Destinations(ResultOptions const& options, std::span<PlannedPoint const> points,
               std::vector<std::string> const& stores = {}, std::vector<std::string> const& traces = {});

  /// Would a result that is not complete be written anywhere?
  bool take_partial() const;

  /// What was named is written first, and files that are replaced after pipes and devices, so that none is
  /// when one of those refuses. Then the table, or one line where it is long and the results are in files;
  /// then the figures, which can be drawn again from the results. What is not complete goes to JSON alone,
  /// and its finished points to the table; of files that exist it replaces only those of stopped runs, and
  /// says so.
  /// @return false where a signal has stopped the drawing of a figure
  /// @throws Error file
  bool write(Document const& document);

 private:
  std::string summary(Document const& document) const;

  ResultFiles files_;
  std::optional<OutputFile> table_;  ///< on standard output, where no result goes there
  Figures figures_;
};

}  // namespace dsgd
