#include "engines/cpu/drawn/fleet_ranks.hpp"

#include <algorithm>
#include <bit>
#include <functional>

#include "dsgd/expects.hpp"
#include "engines/cpu/drawn/fleet_window.hpp"
#include "engines/cpu/histograms.hpp"

namespace dsgd {
namespace {

constexpr std::uint32_t most_inserted = 4;  ///< so few keys of an iteration are kept in order one by one

}  // namespace

FleetRanks::FleetRanks(InstructionSet const& set)
    : set_(&set),
      planner_(set),
      delays_(set, longest_run),
      words_(most_words + BlockPlanner::most_workers * max_granule) {
  for (auto* array : {&indices_, &chosen_, &next_}) array->resize(longest_run + 2 * max_granule);
  for (auto* array : {&excesses_, &runtimes_}) array->resize(longest_run + 2 * max_granule);
}

bool FleetRanks::serves(Observable const& observable) {
  if (rank(observable) == 0 || observable.has_equal_workers() ||
      observable.workers() > BlockPlanner::most_workers)
    return false;
  std::uint64_t const place =
      std::min<std::uint64_t>(rank(observable), observable.workers() - rank(observable) + 1);
  return observable.workers() <= most_sorted || place <= most_sorted / 4;
}

void FleetRanks::operator()(Stream stream, Observable const& observable, IterationRange iterations,
                            Summary& summary) {
  DSGD_EXPECTS(serves(observable));
  FleetWindow const& window = window_of(observable);
  std::uint64_t const fitting = std::max<std::uint64_t>(most_words / observable.workers(), max_granule);
  std::uint64_t const longest = std::min<std::uint64_t>(fitting / max_granule * max_granule, longest_run);
  while (iterations.count > 0) {
    std::uint64_t const before_wrap = (std::uint64_t{1} << 32) - (iterations.first & 0xffffffff);
    std::uint64_t const count = std::min({iterations.count, longest, before_wrap});
    run(stream, observable, window, iterations.first, static_cast<std::uint32_t>(count));
    std::span<float const> const runtimes(runtimes_.data(), count);
    summary.merge(
        summary_of(*set_, runtimes.data(), static_cast<std::uint32_t>(count), observable.quantum_exponent));
    if (observable.histogram) count_runtimes(runtimes, observable.histogram_origin, summary.histogram);
    iterations = {iterations.first + count, iterations.count - count};
  }
}

void FleetRanks::run(Stream stream, Observable const& observable, FleetWindow const& window,
                     std::uint64_t first, std::uint32_t count) {
  std::uint32_t const granule = set_->words.granule;
  width_ = (count + granule - 1) / granule * granule;
  delays_.start(stream, first);
  draw(stream, static_cast<std::uint32_t>(observable.workers()), first);
  collect(observable, window);
  if (window.place <= most_inserted)
    take_last(window, count);
  else
    select(window, count);
  select_among_all(observable, window);
}

void FleetRanks::draw(Stream stream, std::uint32_t workers, std::uint64_t first) {
  PhiloxPlan const plan = plan_philox(stream, static_cast<std::uint32_t>(first >> 32));
  std::uint32_t const blocks = (workers + 3) / 4;
  set_->words.draw_words(plan, planner_.plan(plan, 0, blocks), blocks, static_cast<std::uint32_t>(first),
                         width_, width_, words_.data());
}

/// Empty places hold 0. Of the first few, keys_ is [place, iteration]; else it holds what is to be sorted, and
/// each granule has a row more, for keys that find no place.
void FleetRanks::collect(Observable const& observable, FleetWindow const& window) {
  std::size_t const rows = window.place <= most_inserted ? window.place : window.capacity + std::size_t{1};
  keys_.resize(std::max(keys_.size(), rows * width_));
  std::fill_n(keys_.begin(), rows * width_, 0);
  for (std::uint32_t i = 0; i < width_; ++i) next_[i] = start(window, i);
  std::uint32_t const* row = words_.data();
  std::uint64_t worker = 0;
  for (std::size_t g = 0; g < observable.groups.size(); ++g)
    for (; worker < observable.groups[g].end; ++worker, row += width_) {
      if (window.everyone)
        take_row(observable.groups[g], window, row);
      else if (window.words[g] != 0)
        collect_row(observable.groups[g], window, window.words[g], row);
    }
}

void FleetRanks::collect_row(ObservedGroup const& group, FleetWindow const& window, std::uint64_t words,
                             std::uint32_t const* row) {
  auto const last = static_cast<std::uint32_t>(words - 1);
  std::uint32_t const count =
      set_->words.find_at_most(row, width_, window.side.flip, last, indices_.data(), chosen_.data());
  if (count == 0) return;
  delays_.find(group.law, chosen_.data(), indices_.data(), count, excesses_.data());
  std::uint32_t const granule = set_->words.granule, full = window.capacity * granule;
  std::uint32_t* const keys = keys_.data();
  if (window.place <= most_inserted) {
    for (std::uint32_t n = 0; n < count; ++n)
      insert(window, indices_[n], window.side.key(group.offset, excesses_[n]));
    return;
  }
  for (std::uint32_t n = 0; n < count; ++n) {  // without a branch: a key below the limit is written over
    std::uint32_t const key = window.side.key(group.offset, excesses_[n]), iteration = indices_[n];
    std::uint32_t const at = next_[iteration], first = start(window, iteration);
    keys[at] = key;
    next_[iteration] = at + (key >= window.limit && at - first < full ? granule : 0);
  }
}

void FleetRanks::take_row(ObservedGroup const& group, FleetWindow const& window, std::uint32_t const* row) {
  delays_.find(group.law, row, width_, excesses_.data());
  if (window.place <= most_inserted) {
    for (std::uint32_t i = 0; i < width_; ++i) insert(window, i, window.side.key(group.offset, excesses_[i]));
    return;
  }
  std::uint32_t const granule = set_->words.granule;
  for (std::uint32_t i = 0; i < width_; i += granule) {
    std::uint32_t* const keys = keys_.data() + next_[i];
    for (std::uint32_t l = 0; l < granule; ++l) keys[l] = window.side.key(group.offset, excesses_[i + l]);
    for (std::uint32_t l = 0; l < granule; ++l) next_[i + l] += granule;
  }
}

void FleetRanks::take_last(FleetWindow const& window, std::uint32_t count) {
  std::uint32_t const* const last = keys_.data() + std::size_t{window.place - 1} * width_;
  missed_.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    runtimes_[i] = std::bit_cast<float>(last[i] ^ window.side.flip);
    if (last[i] < window.limit && !window.everyone) missed_.push_back(i);
  }
}

void FleetRanks::select(FleetWindow const& window, std::uint32_t count) {
  std::uint32_t const granule = set_->words.granule, at = window.capacity - window.place;
  SelectionNetwork const& network = networks_.find(window.capacity / 4, {at / 4});
  std::size_t const row = (4 * std::size_t{network.wires.front()} + at % 4) * granule;
  missed_.clear();
  for (std::uint32_t i = 0; i < width_; i += granule) {
    std::uint32_t* const keys = keys_.data() + start(window, i);
    set_->words.sort_by_network(view(network), window.capacity / 4, keys);
    for (std::uint32_t l = 0; l < granule; ++l)
      runtimes_[i + l] = std::bit_cast<float>(keys[row + l] ^ window.side.flip);
  }
  if (window.everyone) return;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t const found = (next_[i] - start(window, i)) / granule;
    if (found < window.place || found == window.capacity) missed_.push_back(i);
  }
}

/// Looks at all workers of the iterations of which the window shows too few or too many.
void FleetRanks::select_among_all(Observable const& observable, FleetWindow const& window) {
  if (missed_.empty()) return;
  auto const count = static_cast<std::uint32_t>(missed_.size());
  std::size_t const workers = observable.workers();
  all_.resize(workers * count);
  std::copy(missed_.begin(), missed_.end(), indices_.begin());
  std::size_t worker = 0;
  for (ObservedGroup const& group : observable.groups)
    for (; worker < group.end; ++worker) {
      for (std::uint32_t n = 0; n < count; ++n) chosen_[n] = words_[worker * width_ + indices_[n]];
      delays_.find(group.law, chosen_.data(), indices_.data(), count, excesses_.data());
      for (std::uint32_t n = 0; n < count; ++n)
        all_[n * workers + worker] = window.side.key(group.offset, excesses_[n]);
    }
  for (std::uint32_t n = 0; n < count; ++n) {
    auto const begin = all_.begin() + static_cast<std::ptrdiff_t>(n * workers);
    auto const wanted = begin + static_cast<std::ptrdiff_t>(window.place - 1);
    std::nth_element(begin, wanted, begin + static_cast<std::ptrdiff_t>(workers), std::greater{});
    runtimes_[missed_[n]] = std::bit_cast<float>(*wanted ^ window.side.flip);
  }
}

}  // namespace dsgd
