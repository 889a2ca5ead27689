/// Figures, drawn by scripts/plot.py.
#pragma once

#include <string>

#include "output/file.hpp"

namespace dsgd {

/// A plotting script and a Python that can run it.
class Plotter {
 public:
  /// Finds out, before anything is computed, whether the figure can be drawn. Tries $DSGD_PYTHON, python3 and
  /// /usr/bin/python3 in turn. @throws Error usage for an unknown extension; file when Python, matplotlib,
  /// the script or the folder are missing
  explicit Plotter(std::string const& figure);

  std::string const& destination() const { return file_.destination(); }

  /// Draws a result. @param json  a dsgd.sweep/1 document. @throws Error file
  void draw(std::string const& json) const;

 private:
  OutputFile file_;  ///< finds out whether the figure can be written; the script writes it
  std::string figure_;
  std::string script_;
  std::string python_;
};

}  // namespace dsgd
