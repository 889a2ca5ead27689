#include "quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "closed_form/binomial.hpp"

namespace dsgd {
namespace {

struct Bin {
  double low, high;
  std::uint64_t before, count;  ///< values in earlier bins, and in this one
};

/// Value of the rank-th smallest of what was counted, as if the values of a bin were spread evenly over it.
/// @param rank  in [0, total]; between ranks too
double value_at(std::vector<Bin> const& bins, double rank) {
  auto const bin = std::find_if(bins.begin(), std::prev(bins.end()), [&](Bin const& b) {
    return rank <= static_cast<double>(b.before) + static_cast<double>(b.count);
  });
  double const within = (rank - static_cast<double>(bin->before)) / static_cast<double>(bin->count);
  return bin->low + std::clamp(within, 0.0, 1.0) * (bin->high - bin->low);
}

}  // namespace

QuantileEstimate quantile(Histogram const& histogram, double probability, ValueRange range) {
  std::vector<Bin> bins;
  std::uint64_t total = 0;
  histogram.for_each([&](std::uint32_t bin, std::uint64_t count) {
    double const low = Histogram::lower_end(bin);
    double const high = bin == 0 ? low : static_cast<double>(Histogram::lower_end(bin + 1));  // 0 is a value
    auto const inside = [&](double value) { return std::clamp(value, range.smallest, range.largest); };
    bins.push_back({inside(low), inside(high), total, count});
    total += count;
  });
  auto const n = static_cast<double>(total);
  auto const [low, high] = binomial_interval_95(total, probability);
  QuantileEstimate result{value_at(bins, probability * n), {}, {}};
  if (low >= 1) result.low = value_at(bins, low - 0.5);
  if (high <= n) result.high = value_at(bins, high - 0.5);
  return result;
}

}  // namespace dsgd
