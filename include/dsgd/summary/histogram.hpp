/// Histograms for quantiles: integer counts in bins that are the same for every run, so that they merge
/// exactly.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "dsgd/expects.hpp"

namespace dsgd {

/// Counts of floats >= 0 by the upper 16 bits after the sign: 256 bins per octave, each at most 2^-8 of its
/// values wide. It takes memory for the octaves that occur, however many values there are.
class Histogram {
 public:
  static constexpr std::uint32_t bins_per_octave = 256;
  using Octave = std::array<std::uint64_t, bins_per_octave>;

  static std::uint32_t bin_of(float value) { return std::bit_cast<std::uint32_t>(value) >> 15; }

  /// Smallest value of a bin; infinity for the one after the last finite bin.
  static float lower_end(std::uint32_t bin) { return std::bit_cast<float>(bin << 15); }

  /// The border of a bin for exact distributions: a number below it rounds to a float of an earlier bin, and
  /// one above it to a float of this bin or a later one. Without an origin it is 0 for bin 0.
  /// @param origin  what add_above() was given; the border is one of whole values
  static double border(std::uint32_t bin, float origin = 0) {
    double const end = static_cast<double>(origin) + static_cast<double>(lower_end(bin));
    auto first = static_cast<float>(end);  // the first float of this bin
    if (first < end) first = std::nextafter(first, std::numeric_limits<float>::infinity());
    double const last_before = std::nextafter(first, 0.0f);
    return last_before + (static_cast<double>(first) - last_before) / 2;
  }

  /// @pre value is >= 0 and finite
  void add(float value) {
    DSGD_EXPECTS(value >= 0 && std::isfinite(value));
    add_to_bin(bin_of(value), 1);
  }

  /// The bin of how far a value is above the origin, of 0 where it is below. @pre both are >= 0 and finite
  static std::uint32_t bin_above(float origin, float value) {
    DSGD_EXPECTS(origin >= 0 && value >= 0 && std::isfinite(origin) && std::isfinite(value));
    return bin_of(std::max(value - origin, 0.0f));
  }

  /// Counts how far a value is above the origin. @pre that of bin_above()
  void add_above(float origin, float value) { add_to_bin(bin_above(origin, value), 1); }

  void add_to_bin(std::uint32_t bin, std::uint64_t count) {
    counts(bin / bins_per_octave)[bin % bins_per_octave] += count;
  }

  void merge(Histogram const& other) {
    if (other.empty()) return;  // most histograms of many small summaries are
    for (std::uint32_t octave = 0; octave < octaves; ++octave) {
      std::uint8_t const place = other.place(octave);
      if (place == 0) continue;
      Octave& mine = counts(octave);
      Octave const& theirs = other.octaves_[place - 1];
      for (std::uint32_t i = 0; i < bins_per_octave; ++i) mine[i] += theirs[i];
    }
  }

  bool empty() const { return octaves_.empty(); }

  /// Calls function(bin, count) for every bin that is not empty, ascending.
  template <class Function>
  void for_each(Function&& function) const {
    for (std::uint32_t octave = 0; octave < octaves; ++octave) {
      if (place(octave) == 0) continue;
      Octave const& counts = octaves_[place(octave) - 1];
      for (std::uint32_t i = 0; i < bins_per_octave; ++i)
        if (counts[i] != 0) function(octave * bins_per_octave + i, counts[i]);
    }
  }

  /// Equal where the counts are, whatever order the octaves came in.
  friend bool operator==(Histogram const& a, Histogram const& b) {
    for (std::uint32_t octave = 0; octave < octaves; ++octave) {
      std::uint8_t const in_a = a.place(octave), in_b = b.place(octave);
      if ((in_a == 0) != (in_b == 0)) return false;
      if (in_a != 0 && a.octaves_[in_a - 1] != b.octaves_[in_b - 1]) return false;
    }
    return true;
  }

 private:
  static constexpr std::uint32_t octaves = 255;  ///< of the finite numbers >= 0

  /// Place of an octave in octaves_, counted from 1; 0 for none.
  std::uint8_t place(std::uint32_t octave) const { return places_.empty() ? 0 : places_[octave]; }

  Octave& counts(std::uint32_t octave) {
    if (places_.empty()) places_.resize(octaves);
    std::uint8_t& place = places_[octave];
    if (place == 0) {
      octaves_.emplace_back();
      place = static_cast<std::uint8_t>(octaves_.size());
    }
    return octaves_[place - 1];
  }

  std::vector<Octave> octaves_;       ///< in the order in which they came
  std::vector<std::uint8_t> places_;  ///< see place(); empty before the first value, as in most summaries
};

}  // namespace dsgd
