/// Collects the words of an iteration that lie in a window of values.
#pragma once

#include <cstdint>

#include "engines/cpu/loops/philox.hpp"
#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd::simd {
namespace {

/// Appends the words of the window to a list and counts those below it.
template <class Simd>
class Collector {
  using Words = typename Simd::Words;

 public:
  Collector(WordWindow const& window, std::uint32_t* end)
      : low_(Simd::repeat(window.low)),
        width_(Simd::repeat(window.width)),
        all_are_above_(window.low == 0),
        end_(end) {}

  __attribute__((always_inline)) void take(Words words) {
    end_ += Simd::store_lanes(end_, Simd::at_most(Simd::subtract(words, low_), width_), words);
    if (!all_are_above_) below_ += Simd::count(Simd::less(words, low_));
  }

  /// Takes only the words whose `numbers` are below `limit`.
  void take(Words words, Words numbers, Words limit) {
    auto const used = Simd::less(numbers, limit);
    end_ +=
        Simd::store_lanes(end_, Simd::both(used, Simd::at_most(Simd::subtract(words, low_), width_)), words);
    below_ += Simd::count(Simd::both(used, Simd::less(words, low_)));
  }

  std::uint32_t* end() const { return end_; }
  std::uint32_t below() const { return below_; }

 private:
  Words low_, width_;
  bool all_are_above_;
  std::uint32_t* end_;
  std::uint32_t below_ = 0;
};

/// Lanes are blocks of workers here, so that the words of an iteration come one behind the other.
template <class Simd>
void collect(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first, std::uint32_t count,
             WordWindow const& window, std::uint32_t capacity, std::uint32_t* words,
             CollectedWords* collected) {
  using Words = typename Simd::Words;
  Philox<Simd> const philox(plan);
  Words const workers = Simd::repeat(4 * blocks.whole + blocks.remainder);
  for (std::uint32_t i = 0; i < count; ++i, words += capacity + collect_slack) {
    auto const iteration = philox.same_iteration(first + i);
    Collector<Simd> collector(window, words + collected[i].found);
    std::uint32_t const* const full = words + capacity;
    std::uint32_t b = 0;
    for (; b + philox.lanes <= blocks.whole && collector.end() <= full; b += philox.lanes) {
      auto const drawn = philox(iteration, philox.planned_blocks(blocks.planned, b));
      for (int v = 0; v < philox.vectors; ++v) {
        collector.take(drawn.first[v]);
        collector.take(drawn.second[v]);
      }
    }
    for (; b < blocks.whole + (blocks.remainder != 0) && collector.end() <= full; b += philox.lanes) {
      auto const drawn = philox(iteration, philox.planned_blocks(blocks.planned, b));
      for (int v = 0; v < philox.vectors; ++v) {
        Words const block = Simd::count_from(b + static_cast<std::uint32_t>(v * Simd::lanes));
        Words const worker = Simd::multiply(block, Simd::repeat64(4));
        Words const numbers = Simd::add(Simd::to_upper_half(worker), Simd::add(worker, Simd::repeat64(1)));
        collector.take(drawn.first[v], numbers, workers);
        collector.take(drawn.second[v], Simd::add(numbers, Simd::repeat(2)), workers);
      }
    }
    collected[i].below += collector.below();
    collected[i].found = static_cast<std::uint32_t>(collector.end() - words);
  }
}

}  // namespace
}  // namespace dsgd::simd
