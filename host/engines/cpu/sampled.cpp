#include "engines/cpu/sampled.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <variant>

#include "dsgd/order_statistics/address.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/histograms.hpp"
#include "engines/cpu/philox_plan.hpp"

namespace dsgd {
SampledRanks::SampledRanks(InstructionSet const& set) : set_(&set) {}

void SampledRanks::operator()(std::uint64_t seed, std::uint64_t workers,
                              std::span<SampledObservable const> observables, IterationRange iterations,
                              std::span<Summary> summaries) {
  order_.resize(observables.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
    auto const place = [&](std::size_t i) {
      std::uint64_t const rank = observables[i].rank;
      return std::pair(rank == 1 ? 0 : rank == workers ? 1 : 2, rank);
    };
    return place(a) < place(b);
  });
  while (iterations.count > 0) {
    std::uint64_t const before_wrap = (std::uint64_t{1} << 32) - (iterations.first & 0xffffffff);
    std::uint64_t const count = std::min({iterations.count, std::uint64_t{sampled_at_once}, before_wrap});
    run({seed, workers, iterations.first}, static_cast<std::uint32_t>(count), observables, summaries);
    iterations = {iterations.first + count, iterations.count - count};
  }
}

void SampledRanks::run(Address const& address, std::uint32_t count,
                       std::span<SampledObservable const> observables, std::span<Summary> summaries) {
  set_->sampled.draw_successive(plan(address, 0), sampled_block(address.workers),
                                static_cast<std::uint32_t>(address.first_iteration), padded(count),
                                draws_.first.data(), draws_.second.data());
  std::uint64_t rank = 0;  // rank whose hazards are at hand; 0: none
  for (std::size_t const i : order_) {
    if (observables[i].rank != rank) fill(address, count, rank, observables[i].rank);
    rank = observables[i].rank;
    add(observables[i], count, summaries[i]);
  }
}

PhiloxPlan SampledRanks::plan(Address const& address, std::uint32_t attempt) {
  return plan_philox({address.seed, sampled_stream(address.workers)},
                     sampled_attempt(address.first_iteration, attempt));
}

void SampledRanks::fill(Address const& address, std::uint32_t count, std::uint64_t at_hand,
                        std::uint64_t rank) {
  if (rank != 1 && rank != address.workers) {
    MiddleHazard const middle(address.workers, rank);
    accept(address, count, middle);
    set_->sampled.middle(middle, log_ratios_.data(), padded(count), hazards_.data());
    return;
  }
  ExtremeHazards const extremes(address.workers);
  if (at_hand != 1) set_->sampled.smallest(extremes, draws_.first.data(), padded(count), hazards_.data());
  if (rank != 1) set_->sampled.add_gap(extremes, draws_.second.data(), padded(count), hazards_.data());
}

void SampledRanks::accept(Address const& address, std::uint32_t count, MiddleHazard const& middle) {
  set_->sampled.propose(middle, draws_.first.data(), draws_.second.data(), padded(count), log_ratios_.data(),
                        margins_.data());
  std::uint32_t left = 0;
  for (std::uint32_t i = 0; i < count; ++i)
    if (margins_[i] < 0) rejected_[left++] = i;
  for (std::uint32_t attempt = 1; left > 0 && attempt < max_attempts; ++attempt) {
    for (std::uint32_t j = 0; j < left; ++j)
      iterations_[j] = static_cast<std::uint32_t>(address.first_iteration) + rejected_[j];
    set_->sampled.draw_each(plan(address, attempt), sampled_block(address.workers), iterations_.data(),
                            padded(left), retries_.first.data(), retries_.second.data());
    set_->sampled.propose(middle, retries_.first.data(), retries_.second.data(), padded(left),
                          retried_log_ratios_.data(), margins_.data());
    std::uint32_t const tried = left;
    left = 0;
    for (std::uint32_t j = 0; j < tried; ++j) {
      log_ratios_[rejected_[j]] = retried_log_ratios_[j];
      if (margins_[j] < 0) rejected_[left++] = rejected_[j];
    }
  }
}

void SampledRanks::add(SampledObservable const& observable, std::uint32_t count, Summary& summary) {
  if (auto const* const exponential = std::get_if<Exponential::Sampler>(&observable.law))
    set_->sampled.scale(hazards_.data(), exponential->scale(), padded(count), excesses_.data());
  else
    set_->laws->of_hazards(observable.law, hazards_.data(), count, excesses_.data());
  summary.merge(summary_of(*set_, excesses_.data(), count, observable.quantum_exponent));
  if (observable.histogram)
    count_runtimes({excesses_.data(), count}, observable.histogram_origin, summary.histogram);
}

std::uint32_t SampledRanks::padded(std::uint32_t count) const {
  return (count + set_->words.granule - 1) / set_->words.granule * set_->words.granule;
}

}  // namespace dsgd
