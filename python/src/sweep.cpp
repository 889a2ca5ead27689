#include "sweep.hpp"

#include <atomic>
#include <utility>

#include "cli/engine_options.hpp"
#include "output/format.hpp"
#include "sweep/run_sweep.hpp"
#include "text/duration.hpp"
#include "text/plain_text.hpp"

namespace dsgd {

SweepAnswer sweep(SweepTexts const& texts, SweepCall const& call) {
  std::optional<double> end;
  if (call.max_time) end = steady_seconds() + parse_duration(*call.max_time, "--max-time");
  SweepAnswer answer;
  std::atomic<bool> interrupted = false;
  SweepSettings settings;
  settings.engine = call.engine;
  settings.hardware = ThreadAndDevice{call.threads, call.devices}.parse();
  settings.store = call.store;
  settings.joining = call.add ? Joining::on_purpose : Joining::refused;
  settings.argv = call.argv;
  if (call.report) settings.report = call.report;
  settings.stop = [&] {
    if (!interrupted && call.interrupted && call.interrupted()) interrupted = true;
    return interrupted || (end && steady_seconds() >= *end);
  };
  settings.inform = [&](std::string const& line) { answer.notes.push_back(line); };
  settings.warn = [&](std::string const& line) { answer.warnings.push_back(line); };
  check_unit(call.unit);
  Document document = run_sweep(parse_request(texts), std::move(settings));
  document.unit = call.unit;
  answer.json = json_text(document);
  answer.interrupted = interrupted;
  return answer;
}

}  // namespace dsgd
