#include "sweep/run_sweep.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include "dsgd/error.hpp"
#include "store/resume.hpp"
#include "sweep/baseline.hpp"
#include "sweep/description.hpp"
#include "sweep/result.hpp"

namespace dsgd {

ChosenEngine choose_engine(std::span<PlannedPoint const> points, SweepSettings const& settings) {
  return make_engine(settings.engine, {count_draws(points), points}, settings.hardware);
}

SweepOutcome run_sweep(PlannedSweep const& sweep, SweepSettings settings) {
  SweepRequest const& request = sweep.request;
  std::vector<PlannedPoint> const& points = sweep.points;
  SweepOutcome outcome{begin_document(request, std::move(settings.argv)), {}, {}};
  ChosenEngine chosen = choose_engine(points, settings);
  chosen.engine = settings.share(std::move(chosen.engine));

  std::atomic<bool> store_has_moved = false;  // and work that would be lost is stopped
  RunOptions options{.report = std::move(settings.report),
                     .stop = [&] { return settings.stop() || store_has_moved; },
                     .relative_error = request.relative_error};
  std::vector<PointWork> work;
  if (request.baseline) require_baseline(points, *request.baseline);
  if (settings.store && request.baseline)
    throw Error(ExitCode::usage, "--baseline and --store are both given",
                "a store keeps points, and not what two of them have in common", "leave one out");
  if (settings.store) {
    OpenedStore opened = open_store(*settings.store, sweep, settings.joining);
    if (settings.continued) settings.inform(continuation_text(*settings.store, request));
    if (!opened.growth.empty()) settings.inform(opened.growth);
    work = std::move(opened.work);
    Store& store = outcome.store.emplace(std::move(opened.store));
    options.save = [&](std::span<std::size_t const> numbers, std::span<PointWork const> done) {
      if (!store.has_moved()) save(store, points, numbers, done);
      store_has_moved = store.has_moved();
    };
  } else {
    work = work_of(sweep);
  }
  for (std::string const& note : trace_notes(request.sweep)) settings.inform(note);
  for (std::string const& warning : sweep.warnings) settings.warn(warning);
  RunInParts parts;
  if (request.baseline) parts = run_in_parts(points, *chosen.engine, options);
  RunResult& result = outcome.run =
      request.baseline ? std::move(parts.result) : run(points, std::move(work), *chosen.engine, options);
  options.report = nullptr;  // a bar leaves the terminal to what follows

  Document& document = outcome.document;
  document.complete = result.complete && request.shard.whole();
  bool const any = std::find(result.finished.begin(), result.finished.end(), true) != result.finished.end();
  if (document.complete || any || settings.unfinished_rows)
    add_rows(document, points, result.summaries, result.finished);
  if (request.baseline && document.complete) add_differences(document.rows, parts.means, *request.baseline);
  result.summaries.clear();
  for (std::string const& warning : warnings_of(document)) settings.warn(warning);
  if (!request.shard.whole()) {
    document.shard = shard_text(request.shard);
    document.missing = 0;  // its points are parts of points, and no table shows them
  }
  document.provenance.engine = chosen.row->name;
  document.provenance.device = chosen.engine->device();
  document.provenance.seconds = result.seconds;
  document.provenance.draws_per_second = result.draws / std::max(result.seconds, 1e-9);
  return outcome;
}

Document run_sweep(SweepRequest request, SweepSettings settings) {
  SweepOutcome outcome = run_sweep(plan_sweep(std::move(request)), std::move(settings));
  if (outcome.store) require_in_place(*outcome.store);
  return std::move(outcome.document);
}

void require_in_place(Store const& store) {
  if (store.has_moved())
    throw Error(ExitCode::file,
                "the store '" + store.path() + "' was deleted, moved or replaced during the run",
                "what was done since is not kept in it", "restore it, and run the same command again");
}

}  // namespace dsgd
