/// The inner loops over words and delays, compiled once per instruction set.
#pragma once

#include <cstdint>

namespace dsgd {

/// What Philox needs besides block and iteration_lo: the key of every round, and what rounds 1 and 2 make of
/// stream and iteration_hi.
struct PhiloxPlan {
  std::uint32_t key0[10], key1[10];
  std::uint32_t iteration_mask;    ///< round 1: the word that iteration_lo is combined with
  std::uint32_t iteration_word_1;  ///< round 2: the word that the product of round 1 is combined with
  std::uint32_t block_mask;        ///< round 1: the word that the block is combined with
  std::uint32_t block_word_1;      ///< round 2: the word that the product of round 1 is combined with
};

/// What rounds 1 to 3 of Philox leave of blocks of four workers: they depend on the block or on the
/// iteration, never on both, and are computed outside the inner loop. Only the lower half of each element
/// counts.
struct PlannedBlocks {
  std::uint64_t *a, *b, *c;
};

/// Blocks of workers, of which the last may be cut off.
struct WorkerBlocks {
  PlannedBlocks planned;
  std::uint32_t whole;      ///< blocks that are used whole
  std::uint32_t remainder;  ///< words 0 .. remainder - 1 of the block after them; 0 to 3
};

/// Brings the smaller of two elements to the wire `low`.
struct Comparator {
  std::uint16_t low, high;
};

/// Comparators, one after the other.
struct NetworkView {
  Comparator const* comparator;
  std::uint32_t comparators;
};

/// Words low .. low + width, which is below 2^32.
struct WordWindow {
  std::uint32_t low, width;
};

/// How many words of an iteration lie below a window, and how many were found in it.
struct CollectedWords {
  std::uint32_t below, found;
};

/// How many smallest and largest words changed.
struct ExtremeChanges {
  std::uint32_t smallest, largest;
};

/// Sums over an array of runtimes, in ticks. The squares are squares_low + 2^32 squares_high.
struct ArraySums {
  std::uint64_t ticks, squares_low, squares_high;
  float smallest, largest;  ///< of the runtimes, time units
};

/// All functions handle several elements at a time: where nothing else is said, arrays are padded to a
/// multiple of `granule`. What follows the first `count` elements is read and overwritten, and means nothing.
struct WordLoops {
  /// Number of elements handled at a time, at most max_granule.
  std::uint32_t granule;

  /// Plans blocks first .. first + count - 1.
  void (*plan_blocks)(PhiloxPlan const& plan, std::uint32_t first, std::uint32_t count,
                      PlannedBlocks const& planned);

  /// smallest[i] and largest[i] = smallest and largest of the words of the blocks in iteration first + i.
  void (*find_extremes)(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first,
                        std::uint32_t count, std::uint32_t* smallest, std::uint32_t* largest);

  /// Extends smallest[i] and largest[i] to the words of the blocks in iteration first + i.
  void (*extend_extremes)(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first,
                          std::uint32_t count, std::uint32_t* smallest, std::uint32_t* largest);

  /// Words of the blocks planned[0 .. blocks - 1]: words[w stride + i] of worker w (counted from the first
  /// block's) in iteration first + i.
  /// @pre stride is at least the padded count (as CpuSums and Extremes lay out their words)
  void (*draw_words)(PhiloxPlan const& plan, PlannedBlocks const& planned, std::uint32_t blocks,
                     std::uint32_t first, std::uint32_t count, std::uint32_t stride, std::uint32_t* words);

  /// smallest[i] = min(smallest[i], words[i]) and largest[i] = max(largest[i], words[i]). Appends the numbers
  /// i of those that change to two lists of `changes` elements, in ascending order.
  /// @param to_smallest, to_largest  with room for count + granule more
  /// @return                         new lengths of the lists
  ExtremeChanges (*extend_by_words)(std::uint32_t const* words, std::uint32_t count, std::uint32_t* smallest,
                                    std::uint32_t* largest, ExtremeChanges changes,
                                    std::uint32_t* to_smallest, std::uint32_t* to_largest);

  /// Numbers i where words[i] != before[i], ascending.
  /// @param indices  at least count + granule long
  /// @return         number of indices
  std::uint32_t (*find_changes)(std::uint32_t const* words, std::uint32_t const* before, std::uint32_t count,
                                std::uint32_t* indices);

  /// Draws the words of the blocks' workers in iterations first .. first + granule - 1 into words[w granule +
  /// i], all ones for workers behind the last up to a multiple of four, and sorts them as sort_by_network
  /// does.
  void (*draw_and_sort)(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first,
                        NetworkView const& network, std::uint32_t* words);

  /// Sorts words[4 n granule + i], + granule, + 2 granule and + 3 granule for each n < fours and i < granule.
  /// Then applies the network, whose elements are such fours: a comparator brings the smaller half of eight
  /// words to `low`, and both halves in order.
  void (*sort_by_network)(NetworkView const& network, std::uint32_t fours, std::uint32_t* words);

  /// Appends the words of the blocks in iteration first + i that lie in the window to the list of
  /// collected[i] words that begins at words[i (capacity + collect_slack)], in any order, and adds up those
  /// below. Once a list has more than `capacity` words, the rest of its iteration is left out.
  void (*collect)(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first,
                  std::uint32_t count, WordWindow const& window, std::uint32_t capacity, std::uint32_t* words,
                  CollectedWords* collected);

  /// tails[n] = tail word of words[n], which was drawn in iteration iterations[n].
  /// @param plan  plan of the stream of tail words
  /// @pre all words need a tail word (Delays passes no others)
  void (*draw_tails)(PhiloxPlan const& plan, std::uint32_t const* iterations, std::uint32_t const* words,
                     std::uint32_t count, std::uint32_t* tails);

  /// Numbers i of the words[i] that need a tail word, ascending.
  /// @param indices  at least count + granule long
  /// @return         number of indices
  std::uint32_t (*find_tails)(std::uint32_t const* words, std::uint32_t count, std::uint32_t* indices);

  /// Numbers i of the words[i] with (words[i] ^ flip) <= limit, ascending, and these words.
  /// @param indices, chosen  at least count + granule long
  /// @return                 number of indices
  std::uint32_t (*find_at_most)(std::uint32_t const* words, std::uint32_t count, std::uint32_t flip,
                                std::uint32_t limit, std::uint32_t* indices, std::uint32_t* chosen);

  /// excesses[i] = exponential delay of words[i] without tail word, as Exponential::Sampler::excess(words[i],
  /// 0) where !needs_tail(words[i]); elsewhere meaningless.
  void (*exponential)(std::uint32_t const* words, std::uint32_t count, float scale_hi, float scale_lo,
                      float* excesses);

  /// excesses[i] = Exponential::Sampler::excess(words[i], tails[i]).
  /// @pre all words need a tail word (Delays passes no others)
  void (*exponential_of_tails)(std::uint32_t const* words, std::uint32_t const* tails, std::uint32_t count,
                               float scale_hi, float scale_lo, float* excesses);

  /// Sums up ticks, each excess * ticks_per_unit rounded to nearest even. The sums mean nothing unless the
  /// largest has fewer than 2^31 ticks; smallest and largest are always right.
  /// @param excesses  exactly count, without padding
  /// @pre 1 <= count < 2^31 (runs are not empty, and much shorter)
  ArraySums (*sum)(float const* excesses, std::uint32_t count, float ticks_per_unit);
};

inline constexpr std::uint32_t max_granule = 16;
inline constexpr std::uint32_t collect_slack = 5 * max_granule;

}  // namespace dsgd
