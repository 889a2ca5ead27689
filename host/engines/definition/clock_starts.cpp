#include "engines/definition/clock_starts.hpp"

#include <algorithm>
#include <vector>

#include "dsgd/clock/start.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/observable.hpp"

namespace dsgd {
namespace {

/// Number of jobs that a worker of a group ends, on average, while one of the first group ends one.
double relative_rate(std::vector<Residual> const& rests, std::size_t group) {
  return std::max(rests.front().mean(), 1.0) / std::max(rests[group].mean(), 1.0);
}

/// Picks the worker whose job ends where the replication starts, with a probability proportional to the jobs
/// that it ends per time. Equal groups give the worker that a fleet of equal workers has.
/// @param word  uniform
std::uint64_t worker_that_begins(Observable const& observable, std::vector<Residual> const& rests,
                                 std::uint32_t word) {
  if (observable.groups.empty()) return dsgd::worker_that_begins(observable.workers, word);
  double rate = 0;
  std::uint64_t begin = 0;
  for (std::size_t g = 0; g < rests.size(); begin = observable.groups[g].end, ++g)
    rate += static_cast<double>(observable.groups[g].end - begin) * relative_rate(rests, g);
  double wanted = rate * (static_cast<double>(word) * 0x1p-32);
  begin = 0;
  for (std::size_t g = 0; g < rests.size(); begin = observable.groups[g].end, ++g) {
    double const one = relative_rate(rests, g);
    double const all = static_cast<double>(observable.groups[g].end - begin) * one;
    if (wanted < all)
      return std::min(begin + static_cast<std::uint64_t>(wanted / one), observable.groups[g].end - 1);
    wanted -= all;
  }
  return observable.workers - 1;  // only rounding leads here
}

}  // namespace

void find_first_arrivals(Stream stream, std::uint64_t replication, Observable const& observable,
                         std::span<std::uint64_t> ticks) {
  DSGD_EXPECTS(std::holds_alternative<Clocks>(observable.runtime) && observable.residuals != nullptr);
  DSGD_EXPECTS(ticks.size() == observable.workers);
  std::vector<Residual> const& rests = residuals(observable);
  auto const words_of = [&](std::uint64_t worker, std::uint32_t block) {
    auto const [iteration, index] =
        job_address(replication, static_cast<std::uint32_t>(worker), std::uint64_t{block} * 4);
    return word_block(stream, iteration, static_cast<std::uint32_t>(index / 4));
  };
  std::uint64_t const fresh =
      worker_that_begins(observable, rests, words_of(observable.workers, start_block).word[0]);
  std::size_t group = 0;
  for (std::uint64_t worker = 0; worker < observable.workers; ++worker) {
    if (!observable.groups.empty() && worker == observable.groups[group].end) ++group;
    WorkerLaw const own = law_of(observable, worker);
    auto const delay = [&](DelayWords words) { return delay_ticks(own, words, observable.quantum_exponent); };
    if (worker == fresh) {
      auto const [iteration, index] = job_address(replication, static_cast<std::uint32_t>(worker), 0);
      std::uint32_t const k = draw_word(stream, iteration, index);
      ticks[worker] = delay({k, tail_word(stream, iteration, k)});
      continue;
    }
    ticks[worker] = rest_of_job(
        rests[group], [&](std::uint32_t block) { return words_of(worker, block); }, delay);
  }
}

}  // namespace dsgd
