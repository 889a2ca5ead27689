#include "engines/scalar.hpp"

#include <algorithm>
#include <functional>
#include <variant>
#include <vector>

#include "engines/clock_replication.hpp"

namespace dsgd {
namespace {

/// Excess over the law's origin of one draw.
float excess(Stream stream, std::uint64_t iteration, std::uint64_t index, LawSampler const& law) {
  std::uint32_t const k = draw_word(stream, iteration, index);
  std::uint32_t const t = tail_word(stream, iteration, k);
  return std::visit([&](auto const& l) { return l.excess(k, t); }, law);
}

/// The order statistic is taken on words: the smallest is the longest delay.
void add(Stream stream, std::uint64_t iteration, Observable const& observable, OrderStatistic statistic,
         Summary& summary) {
  std::vector<std::uint32_t> words(observable.workers);
  for (std::uint32_t worker = 0; worker < observable.workers; ++worker)
    words[worker] = draw_word(stream, iteration, worker);
  auto const selected = words.begin() + static_cast<std::ptrdiff_t>(statistic.rank - 1);
  std::nth_element(words.begin(), selected, words.end(), std::greater{});
  std::uint32_t const k = *selected;
  float const time = std::visit(
      [&](auto const& law) { return law.excess(k, tail_word(stream, iteration, k)); }, observable.law);
  summary.add(time, observable.quantum_exponent);
  if (observable.histogram) summary.histogram.add(time);
}

/// Delays are added as ticks.
void add(Stream stream, std::uint64_t iteration, Observable const& observable, SlowestSum sum,
         Summary& summary) {
  std::uint64_t slowest = 0;
  for (std::uint64_t worker = 0; worker < observable.workers; ++worker) {
    std::uint64_t ticks = 0;
    for (std::uint64_t step = 0; step < sum.steps; ++step)
      ticks += to_ticks(excess(stream, iteration, worker * sum.steps + step, observable.law),
                        observable.quantum_exponent);
    slowest = std::max(slowest, ticks);
  }
  float const time = time_of(slowest, observable.quantum_exponent);
  summary.add_ticks(slowest, time);
  if (observable.histogram) summary.histogram.add(time);
}

void add(Stream stream, std::uint64_t replication, Observable const& observable, Clocks, Summary& summary) {
  add_replication(stream, replication, observable, summary);
}

}  // namespace

void add_unit(Stream stream, std::uint64_t unit, Observable const& observable, Summary& summary) {
  std::visit([&](auto const& runtime) { add(stream, unit, observable, runtime, summary); },
             observable.runtime);
}

}  // namespace dsgd
