#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engines/cpu/block_planner.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/drawn/network.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// Words of one rank among many workers'. With near certainty such a word lies in a narrow window of values:
/// only the words there are kept, and sorted.
class WindowSelection {
 public:
  explicit WindowSelection(InstructionSet const& set);

  struct Iterations {
    std::uint32_t first, count;  ///< iteration_lo
  };

  /// selected[i] = word of the worker of this rank (1 = fastest = largest word) in iteration first + i.
  void find(PhiloxPlan const& plan, Iterations iterations, std::uint32_t workers, std::uint32_t rank,
            std::uint32_t* selected);

 private:
  /// Values among which the word at `position` (0 = smallest) lies, but for one iteration in some ten
  /// thousand.
  struct Guess {
    WordWindow window;
    bool from_the_first, to_the_last;  ///< word
    std::uint32_t capacity;            ///< more words than that are in the window as rarely
  };
  static Guess guess(std::uint32_t workers, std::uint32_t position);

  /// Words in the window, into lists of up to `capacity`.
  void collect(PhiloxPlan const& plan, Iterations iterations, std::uint32_t workers, WordWindow const& window,
               std::uint32_t capacity);

  std::uint32_t* list(std::uint32_t i, std::uint32_t capacity) {
    return lists_.data() + i * std::size_t{capacity + collect_slack};
  }

  /// Sorts the lists of up to a granule of iterations side by side and picks the words, but for missed_.
  void select(Guess const& guess, std::uint32_t workers, std::uint32_t position, std::uint32_t count,
              std::uint32_t* selected);

  /// Lists into rows_, with zeros before or ones behind them.
  void arrange(Guess const& guess, std::uint32_t count, std::uint32_t fours);

  InstructionSet const* set_;
  BlockPlanner planner_;
  std::vector<CollectedWords> collected_;  ///< by iteration of a granule
  Buffer<std::uint32_t> lists_;            ///< likewise
  Buffer<std::uint32_t> rows_;             ///< the lists, of which row n holds element n
  std::vector<std::uint32_t> missed_;      ///< iterations whose word lies outside the window
  std::vector<std::uint32_t> positions_;
  SelectionNetworks networks_;
};

}  // namespace dsgd
