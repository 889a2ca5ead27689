#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engines/cpu/block_planner.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/drawn/network.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// Finds words of one rank among the words of many workers. Such a word almost surely lies in a narrow window
/// of values: only the words there are kept, and sorted.
class WindowSelection {
 public:
  explicit WindowSelection(InstructionSet const& set);

  struct Iterations {
    std::uint32_t first, count;  ///< `first` is an iteration_lo
  };

  /// selected[i] = word of the worker of this rank (1 = fastest = largest word) in iteration first + i.
  void find(PhiloxPlan const& plan, Iterations iterations, std::uint32_t workers, std::uint32_t rank,
            std::uint32_t* selected);

 private:
  /// Window of values that holds the word at `position` (0 = smallest), except in one iteration of some ten
  /// thousand.
  struct Guess {
    WordWindow window;
    bool from_the_first, to_the_last;  ///< the window begins with 0, ends with the largest word
    std::uint32_t capacity;            ///< words; the window holds more in as few iterations
  };
  static Guess guess(std::uint32_t workers, std::uint32_t position);

  /// Collects the words in the window in lists of up to `capacity` words.
  void collect(PhiloxPlan const& plan, Iterations iterations, std::uint32_t workers, WordWindow const& window,
               std::uint32_t capacity);

  /// List of the i-th iteration of a granule.
  std::uint32_t* list(std::uint32_t i, std::uint32_t capacity) {
    return lists_.data() + i * std::size_t{capacity + collect_slack};
  }

  /// Sorts the lists of up to a granule of iterations side by side and picks the words. Iterations whose word
  /// is in no list go to missed_.
  void select(Guess const& guess, std::uint32_t workers, std::uint32_t position, std::uint32_t count,
              std::uint32_t* selected);

  /// Copies the lists to rows_, with zeros before them or all ones behind.
  void arrange(Guess const& guess, std::uint32_t count, std::uint32_t fours);

  InstructionSet const* set_;
  BlockPlanner planner_;
  std::vector<CollectedWords> collected_;  ///< one per iteration of a granule
  Buffer<std::uint32_t> lists_;            ///< one list per iteration of a granule
  Buffer<std::uint32_t> rows_;             ///< row n holds element n of every list
  std::vector<std::uint32_t> missed_;      ///< iterations whose word lies outside the window
  std::vector<std::uint32_t> positions_;
  SelectionNetworks networks_;
};

}  // namespace dsgd
