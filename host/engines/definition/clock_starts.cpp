#include "engines/definition/clock_starts.hpp"

#include "dsgd/clock/start.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/observable.hpp"

namespace dsgd {

void find_first_arrivals(Stream stream, std::uint64_t replication, Observable const& observable,
                         std::span<std::uint64_t> ticks) {
  DSGD_EXPECTS(std::holds_alternative<Clocks>(observable.runtime) && observable.residuals != nullptr);
  DSGD_EXPECTS(ticks.size() == observable.workers());
  Residuals const& rests = residuals(observable);
  auto const words_of = [&](std::uint64_t worker, std::uint32_t block) {
    auto const [iteration, index] =
        job_address(replication, static_cast<std::uint32_t>(worker), std::uint64_t{block} * 4);
    return word_block(stream, iteration, static_cast<std::uint32_t>(index / 4));
  };
  std::uint32_t const word = words_of(observable.workers(), start_block).word[0];
  std::uint64_t const fresh =
      observable.has_equal_workers()
          ? worker_that_begins(observable.workers(), word)
          : worker_that_begins(rests.rates.data(), static_cast<std::uint32_t>(rests.rates.size()), rests.rate,
                               word);
  std::size_t group = 0;
  for (std::uint64_t worker = 0; worker < observable.workers(); ++worker) {
    if (worker == observable.groups[group].end) ++group;
    ObservedGroup const& own = observable.groups[group];
    auto const delay = [&](DelayWords words) { return delay_ticks(own, words, observable.quantum_exponent); };
    if (worker == fresh) {
      auto const [iteration, index] = job_address(replication, static_cast<std::uint32_t>(worker), 0);
      std::uint32_t const k = draw_word(stream, iteration, index);
      ticks[worker] = delay({k, tail_word(stream, iteration, k)});
      continue;
    }
    ticks[worker] = rest_of_job(
        rests.of_groups[group], [&](std::uint32_t block) { return words_of(worker, block); }, delay);
  }
}

}  // namespace dsgd
