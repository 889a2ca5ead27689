/// The figures of --plot: shared by all commands that draw.
#pragma once

#include <string>
#include <vector>

#include "cli/result_files.hpp"
#include "output/figure/plot.hpp"

namespace dsgd {

class Figures {
 public:
  /// @param plot  the figure's file, as typed; the plotter has found it usable
  /// @param results, kept  files that no figure may replace
  /// @throws Error usage where it would, or another figure is written there
  void add(std::string const& plot, Plotter plotter, ResultFiles const& results, KeptFiles const& kept);

  /// Draws a result. @param json  the document
  /// @return false where a signal that StopSignals catches has stopped it: the rest is not drawn
  /// @throws Error file
  bool draw(std::string const& json);

 private:
  std::vector<Plotter> plotters_;
};

}  // namespace dsgd
