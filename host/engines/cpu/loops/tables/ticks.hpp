/// The inner loops over ticks, compiled once per instruction set.
#pragma once

#include <cstdint>

namespace dsgd {

/// Delays of more ticks are converted one by one, without vectors.
inline constexpr std::uint64_t max_vector_ticks = (std::uint64_t{1} << 51) - 1;

/// Sums over an array of runtimes, in ticks. The squares are squares_low + 2^32 squares_high.
struct TickTotals {
  std::uint64_t ticks, squares_low, squares_high, smallest, largest;
};

struct TickLoops {
  /// ticks[i] = excesses[i] * ticks_per_unit, rounded to nearest even.
  /// @pre none exceeds max_vector_ticks (DelayTicks knows the longest delay)
  void (*convert)(float const* excesses, std::uint32_t count, double ticks_per_unit, std::uint64_t* ticks);

  /// sums[i] += ticks of excesses[r width + i], for all rows r.
  /// @pre no delay exceeds max_vector_ticks (DelayTicks knows the longest)
  void (*add)(float const* excesses, std::uint32_t rows, std::uint32_t width, double ticks_per_unit,
              std::uint64_t* sums);

  /// largest[i] = max(largest[i], sums[i]) and sums[i] = 0.
  /// @pre sums are below 2^63 (the quantum is chosen so)
  void (*raise)(std::uint64_t* sums, std::uint32_t width, std::uint64_t* largest);

  /// largest[i] = max(largest[i], each worker's sum of the ticks of its rows r of excesses[r width + i]), of
  /// `workers` workers with `steps` rows each, one behind the other.
  /// @pre width is a multiple of the granule, ticks_per_unit a normal float and a power of two, no delay has
  ///      2^31 ticks, steps < 2^31 (DelayTicks::raise() looks at the longest delay and the quantum)
  void (*raise_by_rows)(float const* excesses, std::uint32_t workers, std::uint32_t steps,
                        std::uint32_t width, float ticks_per_unit, std::uint64_t* largest);

  /// Sums up ticks. The sums mean nothing unless the largest is below 2^32; smallest and largest are always
  /// right.
  /// @pre 1 <= count < 2^31 (add_durations() returns where there are none), ticks are below 2^63
  TickTotals (*sum)(std::uint64_t const* ticks, std::uint32_t count);
};

}  // namespace dsgd
