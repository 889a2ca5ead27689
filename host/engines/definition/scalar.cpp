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

/// The delay of draw number `number`, of a worker or its copy, beyond the smallest origin of all.
float delay(Stream stream, std::uint64_t iteration, ObservedGroup const& own, std::uint64_t number) {
  float const time = excess(stream, iteration, draw_word(stream, iteration, number), own.law);
  return static_cast<float>(own.offset + static_cast<double>(time));
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
  for (std::uint32_t worker = 0; worker < observable.workers(); ++worker)
    delays[worker] = delay(stream, iteration, group_of(observable, worker), worker);
  auto const selected = delays.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(delays.begin(), selected, delays.end());
  return *selected;
}

float time_of_rank(Stream stream, std::uint64_t iteration, Observable const& observable, std::uint64_t rank) {
  return observable.has_equal_workers() ? select(stream, iteration, observable, rank)
                                        : select_in_fleet(stream, iteration, observable, rank);
}

void add_time(float time, Observable const& observable, Summary& summary) {
  summary.add(time, observable.quantum_exponent);
  if (observable.histogram) summary.histogram.add_above(observable.histogram_origin, time);
}

void add(Stream stream, std::uint64_t iteration, Observable const& observable, OrderStatistic statistic,
         Summary& summary, StopCheck& stop) {
  stop(observable.workers());
  add_time(time_of_rank(stream, iteration, observable, statistic.rank), observable, summary);
}

void add(Stream stream, std::uint64_t iteration, Observable const& observable, Deadlined const& until,
         Summary& summary, StopCheck& stop) {
  stop(2 * observable.workers());
  float const least = time_of_rank(stream, iteration, observable, until.rank);
  float const most = time_of_rank(stream, iteration, observable, observable.workers());
  add_time(std::max(least, std::min(static_cast<float>(until.deadline), most)), observable, summary);
}

float median(std::vector<float> const& ascending, std::size_t count) {
  float const upper = ascending[count / 2], lower = ascending[(count - 1) / 2];
  return static_cast<float>((static_cast<double>(lower) + static_cast<double>(upper)) / 2);
}

/// When the copies of an iteration begin, time units. @param delays  of all workers, beyond the origin
double copies_begin(Copied const& form, std::vector<float> delays) {
  if (form.arrived == 0) return form.after;
  std::sort(delays.begin(), delays.end());
  auto const arrived = static_cast<std::size_t>(form.arrived);
  double const slowest = form.origin + static_cast<double>(delays[arrived - 1]);
  double const usual = form.origin + static_cast<double>(median(delays, arrived));
  return std::max({form.after, slowest, form.factor * usual});
}

/// Who runs the copy of a worker: another one. Of equal workers it does not matter who.
ObservedGroup const& runner_of_copy(Stream stream, std::uint64_t iteration, Observable const& observable,
                                    std::uint32_t worker) {
  if (observable.has_equal_workers()) return observable.groups.front();
  std::uint64_t const word = draw_word(stream, iteration, 2 * first_copy + worker);
  std::uint64_t const other = word * (observable.workers() - 1) >> 32;
  return group_of(observable, other < worker ? other : other + 1);
}

void add(Stream stream, std::uint64_t iteration, Observable const& observable, Copied const& form,
         Summary& summary, StopCheck& stop) {
  stop(2 * observable.workers());
  std::vector<float> delays(observable.workers());
  for (std::uint32_t worker = 0; worker < observable.workers(); ++worker)
    delays[worker] = delay(stream, iteration, group_of(observable, worker), worker);
  double const begin = copies_begin(form, delays);
  for (std::uint32_t worker = 0; worker < observable.workers(); ++worker) {
    // Those that have arrived by then are as they were: no copy ends before it begins.
    ObservedGroup const& other = runner_of_copy(stream, iteration, observable, worker);
    float const copy = delay(stream, iteration, other, first_copy + worker);
    delays[worker] = std::min(delays[worker], static_cast<float>(begin + static_cast<double>(copy)));
  }
  auto const selected = delays.begin() + static_cast<std::ptrdiff_t>(form.rank - 1);
  std::nth_element(delays.begin(), selected, delays.end());
  add_time(*selected, observable, summary);
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
  add_time(std::visit([&](auto const& law) { return law.excess_at(hazard); }, observable.law()), observable,
           summary);
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
