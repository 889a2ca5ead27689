/// Figures, drawn by python/dsgd/plot.py.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "bytes/file.hpp"

namespace dsgd {

/// A plotting script and a Python that can run it.
class Plotter {
 public:
  /// Most points of a figure of kind distribution.
  static constexpr std::size_t max_distributions = 6;

  /// Finds out, before anything is computed, whether the figure can be drawn. Tries $DSGD_PYTHON, python3 and
  /// /usr/bin/python3 in turn.
  /// @param kind    auto, runtime, throughput or distribution
  /// @param points  how many the result will have
  /// @throws Error usage for an unknown extension or kind and for more distributions than a figure holds;
  /// file when Python, matplotlib, the script or the folder are missing
  explicit Plotter(std::string const& figure, std::string_view kind = "auto", std::size_t points = 1);

  std::string const& destination() const { return file_.destination(); }

  /// Draws a result and writes the figure as --output writes results. @param json  a dsgd.sweep/2 document.
  /// @return false where a signal has stopped it, and there is no figure
  /// @throws Error file
  bool draw(std::string const& json);

 private:
  OutputFile file_;
  std::string figure_;
  std::string kind_;
  std::string script_;
  std::string python_;
};

}  // namespace dsgd
