#include "sweep/result.hpp"

#include <algorithm>
#include <cmath>

#include "exact/student_t.hpp"
#include "output/provenance.hpp"
#include "run/stopping_rule.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// Says how many runtimes have a tail so heavy that an average tells nothing; empty for none.
std::string missing_means(std::vector<ResultRow> const& rows) {
  auto const missing =
      std::count_if(rows.begin(), rows.end(), [](ResultRow const& row) { return !row.estimate.mean; });
  if (missing == 0) return {};
  return std::to_string(missing) + " of " + std::to_string(rows.size()) +
         " points have no mean: it is infinite; --quantiles are finite";
}

/// Says how many points came to the end of their iterations before they were as precise as was asked for;
/// empty for none.
std::string missed_precision(Document const& document) {
  // What has no mean is said, and no number of iterations would do.
  auto const missed = std::count_if(document.rows.begin(), document.rows.end(), [](ResultRow const& row) {
    return row.precision_met == false && row.estimate.mean;
  });
  if (missed == 0) return {};
  return std::to_string(missed) + " of " + std::to_string(document.rows.size()) +
         " points did not reach --relative-error " + shortest(*document.relative_error) +
         " (--iterations was too small for it): give a larger -n" +
         (*document.relative_error < 1 ? ", or a larger --relative-error" : "");
}

/// Says how many means are farther from their exact value than chance explains; empty for none.
std::string large_z(std::vector<ResultRow> const& rows) {
  // With few iterations or replications z is Student's t, which is above 5 more often.
  auto const is_large = [](ResultRow const& row) {
    constexpr double beyond_five_deviations = 5.73e-7;
    Estimate const& estimate = row.estimate;
    return estimate.z && std::abs(*estimate.z) > 5 &&  // what is below needs no quantile
           std::abs(*estimate.z) > student_t_bound(estimate.degrees_of_freedom, beyond_five_deviations);
  };
  auto const large = std::count_if(rows.begin(), rows.end(), is_large);
  if (large == 0) return {};
  ResultRow const& first = *std::find_if(rows.begin(), rows.end(), is_large);
  return std::to_string(large) + " of " + std::to_string(rows.size()) +
         " points have a |z| that chance does not explain, first " + canonical_spec(first.point().strategy) +
         " with " + counted(first.point().workers(), "worker") + ", z " + significant(*first.estimate.z, 3) +
         " (the sample has not seen the law's tail yet, or this is a bug): give more iterations; if |z| "
         "stays this large, please report it";
}

}  // namespace

Document begin_document(SweepRequest const& request, std::vector<std::string> argv) {
  Document document{};
  document.seed = request.sweep.seed;
  document.draws = request.sweep.draws;
  document.sampling = request.sweep.sampling;
  document.communication = request.sweep.communication;
  document.server = request.sweep.server;
  document.stragglers = request.sweep.stragglers;
  document.quantiles = request.quantiles;
  document.baseline = request.baseline;
  document.relative_error = request.relative_error;
  document.updates = request.updates;
  document.provenance = provenance_now(std::move(argv));
  return document;
}

void add_rows(Document& document, std::span<PlannedPoint const> points, std::span<Summary const> summaries,
              std::vector<bool> const& finished) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    bool const is_finished = finished.empty() || finished[i];
    if (!is_finished) ++document.missing;
    if (summaries[i].iterations == 0) continue;
    ResultRow& row = document.rows.emplace_back(
        ResultRow{points[i], estimate(points[i], summaries[i], document.quantiles)});
    row.finished = is_finished;
    if (document.relative_error)
      row.precision_met = is_precise(points[i], summaries[i], *document.relative_error);
  }
}

std::vector<std::string> warnings_of(Document const& document) {
  std::vector<std::string> warnings{missing_means(document.rows)};
  if (document.complete) {  // what stopped it is said, and partial results are not judged
    warnings.push_back(large_z(document.rows));
    warnings.push_back(missed_precision(document));
  }
  std::erase(warnings, std::string());
  return warnings;
}

}  // namespace dsgd
