#include "cli/figures.hpp"

#include <algorithm>
#include <utility>

#include "dsgd/error.hpp"

namespace dsgd {

void Figures::add(std::string const& plot, Plotter plotter, ResultFiles const& results,
                  KeptFiles const& kept) {
  kept.require_none(OutputFile(plot), plot);
  auto const same = [&](Plotter const& other) { return other.destination() == plotter.destination(); };
  if (results.has(plotter.destination()))
    throw Error(ExitCode::usage, "--plot '" + plot + "' is an --output too", "one would overwrite the other",
                "name another");
  if (std::any_of(plotters_.begin(), plotters_.end(), same))
    throw Error(ExitCode::usage, "--plot '" + plot + "' is named twice", "one would overwrite the other",
                "name it once");
  plotters_.push_back(std::move(plotter));
}

bool Figures::draw(std::string const& json) {
  return std::all_of(plotters_.begin(), plotters_.end(),
                     [&](Plotter& plotter) { return plotter.draw(json); });
}

}  // namespace dsgd
