#include "cli/sweep_help.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "output/columns.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

/// One line each: how it is written, and what it is.
std::string listing(std::string const& title, std::vector<SpecHelp> const& entries) {
  std::size_t width = 0;
  for (SpecHelp const& entry : entries) width = std::max(width, entry.form.size());
  std::string text = title + "\n";
  for (SpecHelp const& entry : entries)
    text += "  " + entry.form + std::string(width - entry.form.size() + 2, ' ') + entry.meaning + "\n";
  return text + "\n";
}

std::vector<SpecHelp> laws() {
  std::vector<SpecHelp> entries = law_help();
  entries.push_back({"15*LAW+1*LAW", "a fleet of 16 workers, one of which has another law"});
  return entries;
}

std::vector<SpecHelp> columns() {
  std::vector<SpecHelp> entries;
  for (Column const& column : result_columns())
    entries.push_back({std::string(column.name), std::string(column.meaning)});
  for (RequestedColumn const& column : requested_columns())
    entries.push_back({std::string(column.name), std::string(column.meaning)});
  return entries;
}

std::vector<SpecHelp> keys() {
  return {
      {"parameters",
       "{\"law\": {key: number}, \"strategy\": {key: number}}, percentages as numbers of workers; of a fleet "
       "a list of such laws with \"name\" and \"workers\"; measured times have none"},
      {"quantiles", R"(with --quantiles: {"P": {"value", "low", "high"}})"},
      {"staleness",
       "updates between the model of a gradient and its use, where workers go on after an update: "
       "{\"mean\", \"expected\", \"counts\": [[staleness, gradients]]}; from 512 on a staleness is the lower "
       "end of a bin 1/256 wide; mean and counts are absent where the law is exponential, where k-async "
       "waits for all workers, and where one job can outlast every warm-up"},
      {"updates", R"(with --updates: {"count", "mean", "standard_deviation"})"},
      {"precision_met", "with --relative-error: was it reached before --iterations were done?"},
      {"complete", "false in a point that a stop left partly done; absent elsewhere"},
      {"distribution",
       "with --quantiles or --plot-kind distribution: bins [low, high, count, exact probability or null]"},
  };
}

// Each paragraph is one line here: wrapped() breaks it where the terminal ends.

constexpr std::string_view absences =
    "Absent values are empty in CSV and null in JSON. expected and z are absent where no closed form or "
    "quadrature is known: for k-async under laws with memory unless k is 1 or m, for ssp unless staleness is "
    "0 "
    "or few workers have exponential delays, for speculate with a share, for k-batch-sync and "
    "local-sgd unless sums of delays have a known law (exponential, shifted-exponential, gamma, uniform, "
    "constant, two-point), and for some fleets. mean is absent where it is infinite, and z where the "
    "standard error is no more than rounding. busy is absent where expected is, for k-batch-sync unless k is "
    "1 or delays are exponential or constant, for speculate with k below m where workers are unequal or may "
    "tie, and "
    "where the delays that are awaited have no mean; discarded "
    "is 0 wherever nobody is cancelled. Strategies that follow clocks do more iterations than -n: "
    "whole rounds of all workers, and more where the longest jobs are rare. Iterations are not independent "
    "where workers go on after an update: under k-batch-async, and under async and k-async unless the law is "
    "exponential.\n\n";

constexpr std::string_view examples =
    "Examples:\n"
    "  dsgd sweep                                  m = 1..20, rate 2, 5000 iterations\n"
    "  dsgd sweep -m 1:1024:x2 -n 1e6 -o r.csv     powers of two\n"
    "  dsgd sweep -m 20 --strategy k-sync:k=1:20 --law pareto:scale=1:shape=2.5\n"
    "                                              is it worth waiting for fewer?\n"
    "  dsgd sweep --rate 0.5 --plot m.svg          mean delay 2, as a figure\n"
    "  dsgd sweep -m 20 -o - --format json         one point, as JSON\n"
    "  dsgd sweep -n 1e12 --store s.db -o r.csv    a long one: stop it, and run the\n"
    "                                              same command again to go on\n\n";

constexpr std::string_view signals =
    "SIGINT, SIGTERM, SIGUSR1 and --max-time stop a sweep at its next block. The exit code is then 75 with a "
    "store, else 130 (SIGINT) or 143. The table then shows the points that are finished. What is known goes "
    "to JSON with \"complete\": false, in the run and in each point that is partly done; no other output is "
    "written, and a file that holds anything but the result of a stopped run stays as it was. A second "
    "signal stops at once; the store stays whole.\n";

}  // namespace

std::string sweep_help() {
  return listing(
             "Strategies (X: delay, m: workers). k, spare, stragglers, steps and staleness are numbers or "
             "lists: 1,2,4 "
             "or 1:8 or 1:9:2 (in steps of 2) or 1:64:x2; the first three also percentages of m:",
             strategy_help()) +
         listing("Laws:", laws()) +
         listing("Keys that may be added (all but shift choose a part of a table, for empirical and replay):",
                 law_key_help()) +
         listing("Communication (m: workers, transfer: time in which the model passes one link):",
                 communication_help()) +
         listing("Columns of a result (times in the unit of the law):", columns()) +
         listing("A point in JSON has the columns up to cost as keys, and:", keys()) +
         std::string(absences).append(examples).append(signals);
}

}  // namespace dsgd
