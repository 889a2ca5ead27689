#include "engines/cpu/drawn/window_selection.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dsgd {

WindowSelection::WindowSelection(InstructionSet const& set)
    : set_(&set), planner_(set), collected_(set.words.granule) {}

WindowSelection::Guess WindowSelection::guess(std::uint32_t workers, std::uint32_t position) {
  double const m = workers;
  double const centre = position + 0.5;
  double const radius =
      4 * std::sqrt(centre * (1 - centre / m)) + 6;  // in words: 4 standard deviations and a few more
  bool const from_the_first = centre <= radius;
  bool const to_the_last = centre + radius >= m;
  double const low = from_the_first ? 0 : std::floor((centre - radius) / m * 0x1p32);
  double const high = to_the_last ? 0x1p32 - 1 : std::floor((centre + radius) / m * 0x1p32);
  return {{static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(high - low)},
          from_the_first,
          to_the_last,
          static_cast<std::uint32_t>(2 * radius + 6 * std::sqrt(2 * radius))};
}

void WindowSelection::find(PhiloxPlan const& plan, Iterations iterations, std::uint32_t workers,
                           std::uint32_t rank, std::uint32_t* selected) {
  std::uint32_t const position = workers - rank;
  Guess const guessed = guess(workers, position);
  for (std::uint32_t offset = 0; offset < iterations.count; offset += set_->words.granule) {
    Iterations const part{iterations.first + offset,
                          std::min(set_->words.granule, iterations.count - offset)};
    collect(plan, part, workers, guessed.window, guessed.capacity);
    select(guessed, workers, position, part.count, selected + offset);
    for (std::uint32_t const i : missed_) {  // searched among all words: slow, right for any guess
      collect(plan, {part.first + i, 1}, workers, {0, ~0u}, workers);
      std::uint32_t* const all = list(0, workers);
      std::nth_element(all, all + position, all + workers);
      selected[offset + i] = all[position];
    }
  }
}

void WindowSelection::collect(PhiloxPlan const& plan, Iterations iterations, std::uint32_t workers,
                              WordWindow const& window, std::uint32_t capacity) {
  lists_.resize(std::max(lists_.size(), iterations.count * std::size_t{capacity + collect_slack}));
  std::fill_n(collected_.begin(), iterations.count, CollectedWords{});
  planner_.for_each_part(plan, 0, workers, [&](WorkerBlocks const& blocks, std::uint32_t) {
    set_->words.collect(plan, blocks, iterations.first, iterations.count, window, capacity, lists_.data(),
                        collected_.data());
  });
}

void WindowSelection::select(Guess const& guess, std::uint32_t workers, std::uint32_t position,
                             std::uint32_t count, std::uint32_t* selected) {
  missed_.clear();
  std::uint32_t longest = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto& [below, found] = collected_[i];
    if (found > guess.capacity || position < below || position - below >= found) {
      missed_.push_back(i);
      found = 0;
    }
    longest = std::max(longest, found);
  }

  if (longest == 0) return;
  // Lengths are rounded up to steps, so that there are few networks.
  std::uint32_t const step = 1 + guess.capacity / 256;
  std::uint32_t const fours = ((longest + 3) / 4 + step - 1) / step * step;

  // Where the window has all the smallest or all the largest words, those are aligned, so that the one that
  // is sought comes to the same place for all iterations. Otherwise everything is sorted.
  bool const aligned = guess.from_the_first || guess.to_the_last;
  std::uint32_t const place = guess.to_the_last ? 4 * fours - (workers - position) : position;
  arrange(guess, count, fours);
  positions_.resize(aligned ? 1 : fours);
  std::iota(positions_.begin(), positions_.end(), aligned ? place / 4 : 0);
  SelectionNetwork const& network = networks_.find(fours, positions_);
  set_->words.sort_by_network(view(network), fours, rows_.data());
  for (std::uint32_t i = 0; i < count; ++i) {
    if (collected_[i].found == 0) continue;
    std::uint32_t const own = aligned ? place : position - collected_[i].below;
    std::uint32_t const row = 4 * network.wires[aligned ? 0 : own / 4] + own % 4;
    selected[i] = rows_[std::size_t{row} * set_->words.granule + i];
  }
}

void WindowSelection::arrange(Guess const& guess, std::uint32_t count, std::uint32_t fours) {
  std::size_t const granule = set_->words.granule;
  rows_.resize(std::max(rows_.size(), 4 * granule * fours));
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t const found = collected_[i].found;
    std::uint32_t const begin = guess.to_the_last ? 4 * fours - found : 0;
    std::uint32_t const* const words = list(i, guess.capacity);
    std::uint32_t* const column = rows_.data() + i;
    for (std::uint32_t n = 0; n < begin; ++n) column[n * granule] = 0;
    for (std::uint32_t n = 0; n < found; ++n) column[(begin + n) * granule] = words[n];
    for (std::uint32_t n = begin + found; n < 4 * fours; ++n) column[n * granule] = ~0u;
  }
}

}  // namespace dsgd
