#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "output/file.hpp"
#include "output/format.hpp"
#include "output/plot.hpp"

namespace dsgd {

/// A figure that is asked for.
struct FigureOptions {
  std::optional<std::string> file;  ///< of --plot, if given
  std::optional<std::string> kind;  ///< of --plot-kind, if given
  std::size_t points = 1;           ///< that the result will have
};

/// Where the results of a sweep go; found usable before anything is computed.
class Destinations {
 public:
  /// @param paths   of --output
  /// @param format  of --format, if given: for all of them; alone, for standard output
  /// @throws Error usage for empty names, unknown formats and kinds of figures, and one destination named
  /// twice; file for what cannot be written
  Destinations(std::vector<std::string> paths, std::optional<std::string> const& format,
               FigureOptions const& figure);

  /// What was named is written first, and files that are replaced after pipes and devices, so that none is
  /// when one of those refuses. Then the table, whose reader may have left; then the figure, which can be
  /// drawn again from the results.
  /// @throws Error file
  void write(Document const& document);

 private:
  std::vector<OutputFormat const*> formats_;
  std::vector<OutputFile> files_;
  std::optional<OutputFile> table_;  ///< on standard output, where no result goes there
  std::optional<Plotter> plotter_;
};

}  // namespace dsgd
