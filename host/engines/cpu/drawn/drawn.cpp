#include "engines/cpu/drawn/drawn.hpp"

#include <algorithm>

#include "dsgd/expects.hpp"
#include "dsgd/law/same_law.hpp"
#include "engines/cpu/histograms.hpp"

namespace dsgd {
namespace {

void add(Runtimes& runtimes, WordsOfRun const& words, Observable const& observable, Delays& delays,
         Summary& summary) {
  summary.merge(runtimes.of(words, observable.quantum_exponent, delays));
  if (observable.histogram)
    count_runtimes(runtimes.excesses(), observable.histogram_origin, summary.histogram);
}

bool waits_for_slowest(Observable const& observable) { return rank(observable) == observable.workers(); }

/// True where the runtime is that of the slowest or of the fastest worker.
bool waits_for_extreme(Observable const& observable) {
  return waits_for_slowest(observable) || rank(observable) == 1;
}

}  // namespace

DrawnRanks::DrawnRanks(InstructionSet const& set, std::uint32_t max_run)
    : set_(&set),
      max_run_(max_run),
      delays_(set, max_run),
      extremes_(set, max_run),
      selection_(set, max_run),
      selected_runtimes_(set, max_run) {}

void DrawnRanks::operator()(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
  DSGD_EXPECTS(std::all_of(batch.observables.begin(), batch.observables.end(), serves));
  tracks_.clear();
  track_of_observable_.clear();
  for (Observable const& observable : batch.observables)
    track_of_observable_.push_back(waits_for_extreme(observable) ? track_of(observable) : 0);
  while (iterations.count > 0) {
    std::uint64_t const before_wrap = (std::uint64_t{1} << 32) - (iterations.first & 0xffffffff);
    std::uint64_t const count = std::min({iterations.count, std::uint64_t{max_run_}, before_wrap});
    run(batch, {iterations.first, count}, summaries);
    iterations = {iterations.first + count, iterations.count - count};
  }
}

std::size_t DrawnRanks::track_of(Observable const& observable) {
  bool const slowest = waits_for_slowest(observable);
  for (std::size_t t = 0; t < tracks_.size(); ++t)
    if (tracks_[t].slowest == slowest && same_law(tracks_[t].law, observable.law())) return t;
  tracks_.push_back({observable.law(), slowest});
  if (runtimes_.size() < tracks_.size()) runtimes_.emplace_back(*set_, max_run_);
  return tracks_.size() - 1;
}

void DrawnRanks::run(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
  count_ = static_cast<std::uint32_t>(iterations.count);
  delays_.start(batch.stream, iterations.first);
  extremes_.start(batch.stream, iterations.first, count_);
  selection_.start(batch.stream, iterations.first, count_);
  for (std::size_t t = 0; t < tracks_.size(); ++t) runtimes_[t].start(tracks_[t].law, count_);
  for (std::size_t first = 0, last = 0; first < summaries.size(); first = last) {
    std::uint64_t const workers = batch.observables[first].workers();
    while (last < summaries.size() && batch.observables[last].workers() == workers) ++last;
    add_extremes(batch, first, last, summaries);
    add_others(batch, first, last, summaries);
  }
}

void DrawnRanks::add_extremes(Batch const& batch, std::size_t first, std::size_t last,
                              std::span<Summary> summaries) {
  for (std::size_t i = first; i < last; ++i) {
    Observable const& observable = batch.observables[i];
    if (!waits_for_extreme(observable)) continue;
    extremes_.extend_to(static_cast<std::uint32_t>(observable.workers()));
    std::size_t const t = track_of_observable_[i];
    add(runtimes_[t], tracks_[t].slowest ? extremes_.smallest() : extremes_.largest(), observable, delays_,
        summaries[i]);
  }
}

void DrawnRanks::add_others(Batch const& batch, std::size_t first, std::size_t last,
                            std::span<Summary> summaries) {
  ranks_.clear();
  auto const place_of = [&](Observable const& observable) {
    return std::find(ranks_.begin(), ranks_.end(), rank(observable));
  };
  for (std::size_t i = first; i < last; ++i) {
    Observable const& observable = batch.observables[i];
    if (!waits_for_extreme(observable) && place_of(observable) == ranks_.end())
      ranks_.push_back(rank(observable));
  }
  if (ranks_.empty()) return;
  selection_.find(static_cast<std::uint32_t>(batch.observables[first].workers()), ranks_);
  for (std::size_t i = first; i < last; ++i) {
    Observable const& observable = batch.observables[i];
    if (waits_for_extreme(observable)) continue;
    selected_runtimes_.start(observable.law(), count_);
    std::uint32_t const* const words =
        selection_.words(static_cast<std::size_t>(place_of(observable) - ranks_.begin()));
    add(selected_runtimes_, {words, {}, 1}, observable, delays_, summaries[i]);
  }
}

}  // namespace dsgd
