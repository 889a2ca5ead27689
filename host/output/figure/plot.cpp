#include "output/figure/plot.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "bytes/file.hpp"
#include "dsgd/error.hpp"
#include "output/figure/process.hpp"
#include "output/figure/python_part.hpp"
#include "stop.hpp"
#include "text/nearest_name.hpp"

namespace dsgd {
namespace {

constexpr std::string_view plot_option = "--plot";
constexpr std::string_view plot_use = "it draws the figures";

/// What the script says of its input, as the option that led there.
std::string blaming_option(std::string reason) {
  constexpr std::string_view blame = "cannot plot stdin (";
  if (!reason.starts_with(blame)) return reason;
  reason.erase(0, blame.size());
  return "--plot cannot draw the results (" + reason.substr(0, reason.rfind("): ")) +
         "): choose another --plot-kind, or leave --plot out";
}

/// @throws Error usage for a name without the extension of a figure
std::string checked_name(std::string figure) {
  std::string const extension = std::filesystem::path(figure).extension().string();
  constexpr std::array<std::string_view, 3> known{".png", ".svg", ".pdf"};
  if (std::find(known.begin(), known.end(), extension) == known.end())
    throw Error(ExitCode::usage, "--plot '" + figure + "' names no figure format", "by its extension",
                "use .png, .svg or .pdf");
  return figure;
}

/// @throws Error usage for a kind that is unknown, or cannot be drawn of so many points
std::string checked_kind(std::string_view kind, std::size_t points) {
  std::vector<std::string> const known{"auto", "runtime", "throughput", "distribution"};
  if (std::find(known.begin(), known.end(), kind) == known.end())
    throw unknown_value("--plot-kind", kind, known);
  if (kind == "distribution" && points > Plotter::max_distributions)
    throw Error(ExitCode::usage, "--plot-kind distribution draws each point by itself",
                "a figure holds " + std::to_string(Plotter::max_distributions) + ", the sweep has " +
                    std::to_string(points),
                "sweep fewer points");
  return std::string(kind);
}

}  // namespace

Plotter::Plotter(std::string const& figure, std::string_view kind, std::size_t points)
    : file_(checked_name(figure)),
      figure_(figure),
      kind_(checked_kind(kind, points)),
      script_(find_script("plot.py", plot_option, plot_use)),
      python_(find_python({script_}, plot_option, plot_use, {"matplotlib", "python3-matplotlib"})) {
  if (!file_.is_replaced())
    throw Error(ExitCode::file, "--plot '" + figure + "' is not a regular file", "a figure is written whole",
                "name another");
}

bool Plotter::draw(std::string const& json) {
  std::string const format = std::filesystem::path(figure_).extension().string().substr(1);
  ProcessResult const result =
      run_process({python_, script_, "-", "--output=-", "--format=" + format, "--kind=" + kind_}, json);
  if (result.exit_code == 0 && !result.output.empty()) {
    file_.stage(result.output);
    file_.commit(result.output);
    return true;
  }
  if (StopSignals::received() != 0) return false;
  std::string const reason = blaming_option(last_line(result.error));
  throw Error(ExitCode::file, reason.empty()
                                  ? "--plot '" + figure_ + "' failed (" + python_ + " ended with status " +
                                        std::to_string(result.exit_code) + "): run it again"
                                  : reason);
}

}  // namespace dsgd
