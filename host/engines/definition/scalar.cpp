#include "engines/definition/scalar.hpp"

#include <algorithm>
#include <functional>
#include <variant>
#include <vector>

#include "dsgd/order_statistics/hazard.hpp"
#include "engines/definition/clock_replication.hpp"

namespace dsgd {
namespace {

float excess(Stream stream, std::uint64_t iteration, std::uint32_t word, LawSampler const& law) {
  std::uint32_t const t = tail_word(stream, iteration, word);
  return std::visit([&](auto const& l) { return l.excess(word, t); }, law);
}

/// Takes the order statistic on words: the smallest word is the longest delay.
float select(Stream stream, std::uint64_t iteration, Observable const& observable, std::uint64_t rank) {
  std::vector<std::uint32_t> words(observable.workers());
  for (std::uint32_t worker = 0; worker < observable.workers(); ++worker)
    words[worker] = draw_word(stream, iteration, worker);
  auto const selected = words.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(words.begin(), selected, words.end(), std::greater{});
  return excess(stream, iteration, *selected, observable.law());
}

/// Takes the order statistic on delays, as the workers of a fleet are not alike.
float select_in_fleet(Stream stream, std::uint64_t iteration, Observable const& observable,
                      std::uint64_t rank) {
  std::vector<float> delays(observable.workers());
  for (std::uint32_t worker = 0; worker < observable.workers(); ++worker) {
    ObservedGroup const& own = group_of(observable, worker);
    float const time = excess(stream, iteration, draw_word(stream, iteration, worker), own.law);
    delays[worker] = static_cast<float>(own.offset + static_cast<double>(time));
  }
  auto const selected = delays.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(delays.begin(), selected, delays.end());
  return *selected;
}

void add(Stream stream, std::uint64_t iteration, Observable const& observable, OrderStatistic statistic,
         Summary& summary, StopCheck& stop) {
  stop(observable.workers());
  float const time = observable.has_equal_workers()
                         ? select(stream, iteration, observable, statistic.rank)
                         : select_in_fleet(stream, iteration, observable, statistic.rank);
  summary.add(time, observable.quantum_exponent);
  if (observable.histogram) summary.histogram.add_above(observable.histogram_origin, time);
}

/// Adds a runtime whose delays are summed up in ticks.
void add(Stream stream, std::uint64_t iteration, Observable const& observable, SlowestSum sum,
         Summary& summary, StopCheck& stop) {
  std::uint64_t slowest = 0;
  for (std::uint64_t worker = 0; worker < observable.workers(); ++worker) {
    ObservedGroup const& own = group_of(observable, worker);
    std::uint64_t ticks = sum.steps * own.offset_ticks;
    stop(sum.steps);
    for (std::uint64_t step = 0; step < sum.steps; ++step) {
      std::uint32_t const word = draw_word(stream, iteration, worker * sum.steps + step);
      ticks += to_ticks(excess(stream, iteration, word, own.law), observable.quantum_exponent);
    }
    slowest = std::max(slowest, ticks);
  }
  float const time = time_of(slowest, observable.quantum_exponent);
  summary.add_ticks(slowest, time);
  if (observable.histogram) summary.histogram.add_above(observable.histogram_origin, time);
}

void add(Stream stream, std::uint64_t iteration, Observable const& observable,
         SampledOrderStatistic statistic, Summary& summary, StopCheck& stop) {
  stop(1);
  double const hazard = sampled_hazard(stream.seed, observable.workers(), statistic.rank, iteration);
  float const time = std::visit([&](auto const& law) { return law.excess_at(hazard); }, observable.law());
  summary.add(time, observable.quantum_exponent);
  if (observable.histogram) summary.histogram.add_above(observable.histogram_origin, time);
}

void add(Stream stream, std::uint64_t replication, Observable const& observable, Clocks, Summary& summary,
         StopCheck& stop) {
  add_replication(stream, replication, observable, summary, stop);
}

}  // namespace

void add_unit(Stream stream, std::uint64_t unit, Observable const& observable, Summary& summary,
              StopCheck& stop) {
  std::visit([&](auto const& runtime) { add(stream, unit, observable, runtime, summary, stop); },
             observable.runtime);
}

}  // namespace dsgd
