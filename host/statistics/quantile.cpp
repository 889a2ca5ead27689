#include "statistics/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "dsgd/expects.hpp"
#include "exact/binomial.hpp"

namespace dsgd {
namespace {

struct Bin {
  BinRange ends;
  std::uint64_t before, count;  ///< values in earlier bins, and in this one
};

/// The bin of the rank-th smallest counted value.
/// @param rank  in [0, total]; need not be a whole number
Bin const& bin_of(std::vector<Bin> const& bins, double rank) {
  return *std::find_if(bins.begin(), std::prev(bins.end()), [&](Bin const& bin) {
    return rank <= static_cast<double>(bin.before) + static_cast<double>(bin.count);
  });
}

}  // namespace

QuantileBins quantile_bins(Histogram const& histogram, double probability) {
  DSGD_EXPECTS(!histogram.empty());
  std::vector<Bin> bins;
  std::uint64_t total = 0;
  histogram.for_each([&](std::uint32_t bin, std::uint64_t count) {
    bins.push_back({{bin, Histogram::lower_end(bin), Histogram::lower_end(bin + 1)}, total, count});
    total += count;
  });
  auto const n = static_cast<double>(total);
  // The product may be rounded up, and a bin that ends at just that rank holds it: 0.07 of 100 is 7.
  double const rank = probability * n * (1 - 0x1p-51);
  Bin const& bin = bin_of(bins, rank);
  double const within = (rank - static_cast<double>(bin.before)) / static_cast<double>(bin.count);
  QuantileBins result{bin.ends, std::clamp(within, 0.0, 1.0), {}, {}};
  auto const [low, high] = binomial_interval_95(total, probability);
  if (low >= 1) result.low = bin_of(bins, low).ends;
  if (high <= n) result.high = bin_of(bins, high).ends;
  return result;
}

QuantileEstimate quantile(QuantileBins const& bins, ValueRange range) {
  auto const inside = [&](double value) { return std::clamp(value, range.smallest, range.largest); };
  // Below the first bin's upper end there is nothing but 0.
  auto const upper = [&](BinRange const& bin) { return inside(bin.low == 0 ? 0.0 : bin.high); };
  double const start = inside(bins.value.low);
  QuantileEstimate result{start + bins.within * (upper(bins.value) - start), {}, {}};
  if (bins.low) result.low = inside(bins.low->low);
  if (bins.high) result.high = upper(*bins.high);
  return result;
}

}  // namespace dsgd
