#include "engines/cpu/sums.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "dsgd/expects.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/histograms.hpp"

namespace dsgd {

DelayTicks::DelayTicks(InstructionSet const& set, Observable const& observable)
    : set_(&set),
      law_(observable.law()),
      quantum_exponent_(observable.quantum_exponent),
      ticks_per_unit_(std::ldexp(1.0, -observable.quantum_exponent)),
      vectors_fit_(to_ticks(longest_excess(observable.law()), quantum_exponent_) <= max_vector_ticks),
      narrow_(to_ticks(longest_excess(observable.law()), quantum_exponent_) >> 31 == 0 &&
              has_normal_factor(quantum_exponent_)) {}

void DelayTicks::without_tails(std::span<std::uint32_t const> words, float* excesses) const {
  find_excesses(*set_, law_, words.data(), nullptr, static_cast<std::uint32_t>(words.size()), excesses);
}

void DelayTicks::convert(std::span<float const> excesses, std::uint64_t* ticks) const {
  if (vectors_fit_)
    set_->ticks.convert(excesses.data(), static_cast<std::uint32_t>(excesses.size()), ticks_per_unit_, ticks);
  else
    for (std::size_t i = 0; i < excesses.size(); ++i) ticks[i] = to_ticks(excesses[i], quantum_exponent_);
}

void DelayTicks::add(float const* excesses, std::uint32_t rows, std::uint32_t width,
                     std::uint64_t* sums) const {
  if (vectors_fit_) return set_->ticks.add(excesses, rows, width, ticks_per_unit_, sums);
  for (std::uint32_t r = 0; r < rows; ++r, excesses += width)
    for (std::uint32_t i = 0; i < width; ++i) sums[i] += to_ticks(excesses[i], quantum_exponent_);
}

std::uint32_t DelayTicks::raise(float const* excesses, std::uint32_t rows, std::uint64_t steps,
                                std::uint32_t width, std::uint64_t* largest) const {
  auto const workers = static_cast<std::uint32_t>(narrow_ ? rows / steps : 0);
  if (workers == 0) return 0;
  set_->ticks.raise_by_rows(excesses, workers, static_cast<std::uint32_t>(steps), width,
                            static_cast<float>(ticks_per_unit_), largest);
  return workers * static_cast<std::uint32_t>(steps);
}

void add_durations(InstructionSet const& set, std::span<std::uint64_t const> ticks,
                   Observable const& observable, Summary& summary) {
  if (ticks.empty()) return;
  TickTotals const sums = set.ticks.sum(ticks.data(), static_cast<std::uint32_t>(ticks.size()));
  int const exponent = observable.quantum_exponent;
  if (sums.largest >> 32 == 0) {
    Summary part{
        ticks.size(), sums.ticks, {}, time_of(sums.smallest, exponent), time_of(sums.largest, exponent)};
    part.squared_ticks += uint128{sums.squares_low} + (uint128{sums.squares_high} << 32);
    summary.merge(part);
  } else {
    for (std::uint64_t const tick : ticks) summary.add_ticks(tick, time_of(tick, exponent));
  }
  if (observable.histogram) count_runtimes(ticks, exponent, observable.histogram_origin, summary.histogram);
}

CpuSums::CpuSums(InstructionSet const& set, StopCheck stop)
    : set_(&set),
      stop_(std::move(stop)),
      planner_(set),
      extremes_(set, max_width),
      delays_(set, max_words),
      words_(max_words),
      offsets_(max_words),
      excesses_(max_words),
      sums_(max_width),
      slowest_(max_width) {}

void CpuSums::operator()(Stream stream, Observable const& observable, IterationRange iterations,
                         Summary& summary) {
  DSGD_EXPECTS(std::holds_alternative<SlowestSum>(observable.runtime) && observable.has_equal_workers());
  DelayTicks const delays(*set_, observable);
  while (iterations.count > 0) {
    std::uint64_t const before_wrap = (std::uint64_t{1} << 32) - (iterations.first & 0xffffffff);
    std::uint64_t const count = std::min({iterations.count, std::uint64_t{max_width}, before_wrap});
    run(stream, observable, delays, {iterations.first, count}, summary);
    iterations = {iterations.first + count, iterations.count - count};
  }
}

void CpuSums::run(Stream stream, Observable const& observable, DelayTicks const& delays,
                  IterationRange iterations, Summary& summary) {
  std::uint32_t const granule = set_->words.granule;
  auto const count = static_cast<std::uint32_t>(iterations.count);
  std::uint32_t const width = (count + granule - 1) / granule * granule;
  delays_.start(stream, iterations.first);
  if (std::get<SlowestSum>(observable.runtime).steps == 1)
    find_slowest(stream, observable, delays, iterations.first, width);
  else
    find_slowest_sums(stream, observable, delays, iterations.first, width);
  add_durations(*set_, {slowest_.data(), count}, observable, summary);
}

/// Takes the ticks of the smallest word, which has the most: ticks never increase with the word.
void CpuSums::find_slowest(Stream stream, Observable const& observable, DelayTicks const& delays,
                           std::uint64_t first, std::uint32_t width) {
  extremes_.start(stream, first, width);
  extremes_.extend_to(static_cast<std::uint32_t>(observable.workers()));
  delays_.find(observable.law(), extremes_.smallest().words, width, excesses_.data());
  delays.convert({excesses_.data(), width}, slowest_.data());
}

void CpuSums::find_slowest_sums(Stream stream, Observable const& observable, DelayTicks const& delays,
                                std::uint64_t first, std::uint32_t width) {
  std::uint64_t const steps = std::get<SlowestSum>(observable.runtime).steps;
  std::uint64_t const draws = observable.workers() * steps;
  PhiloxPlan const plan = plan_philox(stream, static_cast<std::uint32_t>(first >> 32));
  if (width != offsets_width_) {
    for (std::uint32_t i = 0; i < max_words; ++i) offsets_[i] = i % width;
    offsets_width_ = width;
  }
  std::fill(sums_.begin(), sums_.end(), 0);
  std::fill(slowest_.begin(), slowest_.end(), 0);
  std::uint64_t missing = steps;  // steps that the sums of the current worker still lack
  for (std::uint64_t draw = 0; draw < draws;) {
    auto const rows = static_cast<std::uint32_t>(std::min(draws - draw, std::uint64_t{4} * blocks_at_once));
    std::uint32_t const blocks = (rows + 3) / 4;
    set_->words.draw_words(plan, planner_.plan(plan, static_cast<std::uint32_t>(draw / 4), blocks), blocks,
                           static_cast<std::uint32_t>(first), width, width, words_.data());
    delays_.find(observable.law(), words_.data(), offsets_.data(), rows * width, excesses_.data());
    for (std::uint32_t row = 0; row < rows;) {
      float const* const excesses = excesses_.data() + std::size_t{row} * width;
      if (missing == steps) {
        std::uint32_t const raised = delays.raise(excesses, rows - row, steps, width, slowest_.data());
        row += raised;
        if (raised != 0) continue;
      }
      auto const part = static_cast<std::uint32_t>(std::min<std::uint64_t>(missing, rows - row));
      delays.add(excesses, part, width, sums_.data());
      row += part;
      missing -= part;
      if (missing == 0) {
        set_->ticks.raise(sums_.data(), width, slowest_.data());
        missing = steps;
      }
    }
    draw += rows;
    stop_(std::uint64_t{rows} * width);
  }
}

}  // namespace dsgd
