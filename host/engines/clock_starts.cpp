#include "engines/clock_starts.hpp"

#include <optional>
#include <vector>

namespace dsgd {
namespace {

std::uint64_t delay_ticks(WorkerLaw const& own, DelayWords words, int quantum_exponent) {
  float const excess = std::visit([&](auto const& law) { return law.excess(words.k, words.t); }, *own.law);
  return own.origin_ticks + to_ticks(excess, quantum_exponent);
}

std::vector<Residual> make_residuals(Observable const& observable) {
  std::vector<Residual> residuals;
  std::size_t const groups = observable.groups.empty() ? 1 : observable.groups.size();
  residuals.reserve(groups);
  for (std::size_t g = 0; g < groups; ++g) {
    std::uint64_t const worker = observable.groups.empty() ? 0 : observable.groups[g].end - 1;
    WorkerLaw const own = law_of(observable, worker);
    residuals.emplace_back(
        [&](DelayWords words) { return delay_ticks(own, words, observable.quantum_exponent); });
  }
  return residuals;
}

/// Whose job ends where the replication starts: of each group as often as it ends jobs.
/// @param word  uniform
std::uint64_t worker_that_begins(Observable const& observable, std::vector<Residual> const& residuals,
                                 std::uint32_t word) {
  if (observable.groups.empty()) return 0;
  std::vector<double> rates;  // of the groups up to each
  double rate = 0;
  std::uint64_t begin = 0;
  for (std::size_t g = 0; g < residuals.size(); ++g) {
    rate += static_cast<double>(observable.groups[g].end - begin) / residuals[g].mean();
    rates.push_back(rate);
    begin = observable.groups[g].end;
  }
  double const wanted = rate * (static_cast<double>(word) * 0x1p-32);
  std::size_t group = 0;
  while (group + 1 < rates.size() && rates[group] <= wanted) ++group;
  return observable.groups[group].end - 1;  // those of a group are alike
}

}  // namespace

void find_first_arrivals(Stream stream, std::uint64_t replication, Observable const& observable,
                         std::span<std::uint64_t> ticks) {
  std::call_once(observable.residuals->made,
                 [&] { observable.residuals->of_groups = make_residuals(observable); });
  std::vector<Residual> const& residuals = observable.residuals->of_groups;
  auto const words_of = [&](std::uint64_t worker, std::uint32_t block) {
    auto const [iteration, index] =
        job_address(replication, static_cast<std::uint32_t>(worker), std::uint64_t{block} * 4);
    return word_block(stream, iteration, static_cast<std::uint32_t>(index / 4));
  };
  std::uint64_t const fresh =
      worker_that_begins(observable, residuals, words_of(observable.workers, start_block).word[0]);
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
    std::optional<std::uint64_t> height;
    for (std::uint32_t block = start_block; !height; --block)
      height = residuals[group].height(words_of(worker, block).word, delay);
    ticks[worker] = *height;
  }
}

}  // namespace dsgd
