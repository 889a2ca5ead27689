/// Histograms for quantiles: integer counts in bins that are the same for every run, so that they merge
/// exactly.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <map>

namespace dsgd {

/// Counts of floats >= 0 by the upper 16 bits after the sign: 256 bins per octave, each at most 2^-8 of its
/// values wide. Takes memory for the octaves that occur, however many values there are.
class Histogram {
 public:
  static constexpr std::uint32_t bins_per_octave = 256;
  using Octave = std::array<std::uint64_t, bins_per_octave>;

  static std::uint32_t bin_of(float value) { return std::bit_cast<std::uint32_t>(value) >> 15; }

  /// Smallest value of a bin; of the one after the last finite bin: infinity.
  static float lower_end(std::uint32_t bin) { return std::bit_cast<float>(bin << 15); }

  /// @pre value is >= 0 and finite
  void add(float value) { add_to_bin(bin_of(value), 1); }

  void add_to_bin(std::uint32_t bin, std::uint64_t count) {
    octaves_[bin / bins_per_octave][bin % bins_per_octave] += count;
  }

  void merge(Histogram const& other) {
    for (auto const& [octave, counts] : other.octaves_) {
      Octave& mine = octaves_[octave];
      for (std::uint32_t i = 0; i < bins_per_octave; ++i) mine[i] += counts[i];
    }
  }

  bool empty() const { return octaves_.empty(); }

  /// Calls function(bin, count) for every bin that is not empty, ascending.
  template <class Function>
  void for_each(Function&& function) const {
    for (auto const& [octave, counts] : octaves_)
      for (std::uint32_t i = 0; i < bins_per_octave; ++i)
        if (counts[i] != 0) function(octave * bins_per_octave + i, counts[i]);
  }

  friend bool operator==(Histogram const&, Histogram const&) = default;

 private:
  std::map<std::uint32_t, Octave> octaves_;
};

}  // namespace dsgd
