#include "engines/cpu/drawn/deadlines.hpp"

#include <algorithm>
#include <cstddef>

#include "dsgd/expects.hpp"
#include "engines/cpu/histograms.hpp"

namespace dsgd {
namespace {

std::uint32_t rank_of(Observable const& observable) {
  return static_cast<std::uint32_t>(std::get<Deadlined>(observable.runtime).rank);
}

bool is_in_the_middle(Observable const& observable) {
  return rank_of(observable) != 1 && rank_of(observable) != observable.workers();
}

}  // namespace

DrawnDeadlines::DrawnDeadlines(InstructionSet const& set)
    : set_(&set), delays_(set, max_run), extremes_(set, max_run), selection_(set, max_run) {
  for (auto* array : {&least_, &runtimes_}) array->resize(max_run + max_granule);
}

void DrawnDeadlines::operator()(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
  DSGD_EXPECTS(std::all_of(batch.observables.begin(), batch.observables.end(), serves));
  while (iterations.count > 0) {
    std::uint64_t const before_wrap = (std::uint64_t{1} << 32) - (iterations.first & 0xffffffff);
    std::uint64_t const count = std::min({iterations.count, std::uint64_t{max_run}, before_wrap});
    run(batch, {iterations.first, count}, summaries);
    iterations = {iterations.first + count, iterations.count - count};
  }
}

void DrawnDeadlines::run(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
  count_ = static_cast<std::uint32_t>(iterations.count);
  delays_.start(batch.stream, iterations.first);
  extremes_.start(batch.stream, iterations.first, count_);
  selection_.start(batch.stream, iterations.first, count_);
  std::span<Observable const> const all(batch.observables);
  for (std::size_t first = 0, last = 0; first < all.size(); first = last) {
    std::uint64_t const workers = all[first].workers();
    while (last < all.size() && all[last].workers() == workers) ++last;
    extremes_.extend_to(static_cast<std::uint32_t>(workers));
    select(all.subspan(first, last - first));
    for (std::size_t i = first; i < last; ++i) add(all[i], summaries[i]);
  }
}

void DrawnDeadlines::select(std::span<Observable const> observables) {
  ranks_.clear();
  for (Observable const& observable : observables)
    if (is_in_the_middle(observable) &&
        std::find(ranks_.begin(), ranks_.end(), rank_of(observable)) == ranks_.end())
      ranks_.push_back(rank_of(observable));
  if (!ranks_.empty()) selection_.find(static_cast<std::uint32_t>(observables.front().workers()), ranks_);
}

std::uint32_t const* DrawnDeadlines::words_of(Observable const& observable) const {
  if (rank_of(observable) == observable.workers()) return extremes_.smallest().words;
  if (rank_of(observable) == 1) return extremes_.largest().words;
  auto const place = std::find(ranks_.begin(), ranks_.end(), rank_of(observable));
  return selection_.words(static_cast<std::size_t>(place - ranks_.begin()));
}

void DrawnDeadlines::add(Observable const& observable, Summary& summary) {
  delays_.find(observable.law(), extremes_.smallest().words, count_, runtimes_.data());
  delays_.find(observable.law(), words_of(observable), count_, least_.data());
  auto const deadline = static_cast<float>(std::get<Deadlined>(observable.runtime).deadline);
  for (std::uint32_t i = 0; i < count_; ++i)
    runtimes_[i] = std::max(least_[i], std::min(deadline, runtimes_[i]));
  summary.merge(summary_of(*set_, runtimes_.data(), count_, observable.quantum_exponent));
  if (observable.histogram)
    count_runtimes({runtimes_.data(), count_}, observable.histogram_origin, summary.histogram);
}

}  // namespace dsgd
