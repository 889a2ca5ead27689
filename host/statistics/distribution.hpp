/// The distribution of the runtime as it was counted, beside the exact one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "dsgd/summary/histogram.hpp"

namespace dsgd {

/// Neighbouring bins of a histogram, from `first` to before `end`, and what they hold together.
struct BinCount {
  std::uint32_t first, end;
  std::uint64_t count;
};

/// Joins bins, so that they are few enough to write and to draw: neighbours are joined until they are 1/32 of
/// an octave wide or hold 1/256 of all values. They follow each other without a gap, some of them empty; 0 is
/// a bin of its own.
std::vector<BinCount> joined_bins(Histogram const& histogram);

/// Runtimes from low to high in units of the law; one single value where these are equal.
struct DistributionBin {
  double low, high;
  std::uint64_t count;
  /// Exact probability, 6 significant digits or to 1e-11 of the smaller tail; absent where it is not known.
  std::optional<double> expected;
};

/// Bins as runtimes, with exact probabilities. Where the runtime can only take up to 64 values, each of these
/// is a bin; where it can take more, none is a bin alone.
std::vector<DistributionBin> distribution(PlannedPoint const& point, std::span<BinCount const> bins);

}  // namespace dsgd
