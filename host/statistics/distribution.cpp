#include "statistics/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "dsgd/time_scale.hpp"
#include "exact/runtime_distribution.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr std::uint32_t widest = Histogram::bins_per_octave / 32;  ///< bins of a group
constexpr std::uint64_t fewest = 256;  ///< a bin that holds more than one in so many values stands alone

/// The lower end of a bin as a number to write. Below bin 1 there is nothing but 0.
double edge(std::uint32_t bin) {
  if (bin <= 1) return 0;
  return std::min<double>(Histogram::lower_end(bin), std::numeric_limits<float>::max());
}

/// P(low < runtime <= high), taken from the smaller one of the two tails.
double between(exact::Tails const& low, exact::Tails const& high) {
  bool const upper = high.below > 0.5;
  double const larger = upper ? low.above : high.below;
  double const difference = larger - (upper ? high.above : low.below);
  return difference > 1e-11 * larger ? round_to_digits(difference, 6) : 0.0;  // less is rounding
}

/// Joins the bins of a histogram, which come ascending.
class Joiner {
 public:
  /// @param enough  count at which a bin is joined to no other
  explicit Joiner(std::uint64_t enough) : enough_(std::max<std::uint64_t>(enough, 1)) {}

  void add(std::uint32_t bin, std::uint64_t count) {
    skip_to(bin);
    append(bin, bin + 1, count);
  }

  /// The joined bins, which end with a whole group.
  std::vector<BinCount> finish() {
    if (!bins_.empty() && bins_.back().end > 1) skip_to(group_end(bins_.back().end));
    return std::move(bins_);
  }

 private:
  static std::uint32_t group_begin(std::uint32_t bin) { return bin / widest * widest; }
  static std::uint32_t group_end(std::uint32_t bin) { return group_begin(bin + widest - 1); }

  /// Appends empty bins: the rest of the group before, whole groups, and the beginning of a bin's own group.
  void skip_to(std::uint32_t bin) {
    std::uint32_t at = bins_.empty() ? std::max(group_begin(bin), std::min(bin, 1u)) : bins_.back().end;
    for (std::uint32_t const stop : {group_end(at), group_begin(bin), bin})
      if (at < stop && stop <= bin) {
        append(at, stop, 0);
        at = stop;
      }
  }

  void append(std::uint32_t first, std::uint32_t end, std::uint64_t count) {
    bool const same_group =
        !bins_.empty() && bins_.back().first != 0 && group_begin(bins_.back().first) == group_begin(end - 1);
    if (same_group && bins_.back().count < enough_ && count < enough_) {
      bins_.back().end = end;
      bins_.back().count += count;
    } else {
      bins_.push_back({first, end, count});
    }
  }

  std::uint64_t enough_;
  std::vector<BinCount> bins_;
};

/// Exact probabilities of a point's bins.
class ExactBins {
 public:
  explicit ExactBins(PlannedPoint const& planned)
      : exact_(exact_distribution(planned.point())),
        time_(time_scale(planned)),
        counted_(histogram_scale(planned)),
        origin_(planned.observable().histogram_origin) {}

  DistributionBin operator()(BinCount const& bin) const {
    DistributionBin result{counted_(edge(bin.first)), counted_(edge(bin.end)), bin.count, {}};
    if (!exact_ || !resolved(bin.first) || !resolved(bin.end)) return result;
    // Beside a large origin a double may not tell both ends of a bin from each other.
    if (exact_->values.empty() && bin.first != 0 && border(bin.first) == border(bin.end)) return result;
    result.expected = between(tails(bin.first), tails(bin.end));
    std::vector<double> const& values = exact_->values;
    if (!few_values()) return result;
    auto const begin =
        bin.first == 0 ? values.begin() : std::upper_bound(values.begin(), values.end(), border(bin.first));
    auto const end = std::upper_bound(begin, values.end(), border(bin.end));
    if (end - begin == 1) result.low = result.high = *begin;
    return result;
  }

  bool few_values() const { return values() > 0 && values() <= few; }
  bool many_values() const { return values() > few; }

 private:
  static constexpr std::size_t few = 64;

  std::size_t values() const { return exact_ ? exact_->values.size() : 0; }
  double border(std::uint32_t bin) const { return time_(Histogram::border(bin, origin_)); }

  /// Next to a large offset doubles may not tell on which side of a bin's end a single value is.
  bool resolved(std::uint32_t bin) const {
    double const end = counted_(Histogram::lower_end(bin));
    std::vector<double> const& values = exact_->values;
    return border(bin) < end || end == time_.offset || !std::binary_search(values.begin(), values.end(), end);
  }

  exact::Tails tails(std::uint32_t bin) const {
    return bin == 0 ? exact::Tails{0, 1} : exact_->tails(border(bin));
  }

  std::optional<RuntimeDistribution> exact_;
  TimeScale time_, counted_;  ///< to runtimes, and to what the histogram counts
  float origin_;
};

}  // namespace

std::vector<BinCount> joined_bins(Histogram const& histogram) {
  std::uint64_t total = 0;
  histogram.for_each([&](std::uint32_t, std::uint64_t count) { total += count; });
  Joiner joiner(total / fewest);
  histogram.for_each([&](std::uint32_t bin, std::uint64_t count) { joiner.add(bin, count); });
  return joiner.finish();
}

std::vector<DistributionBin> distribution(PlannedPoint const& point, std::span<BinCount const> bins) {
  std::vector<DistributionBin> result;
  ExactBins const exact(point);
  std::vector<BinCount> wanted(bins.begin(), bins.end());
  if (exact.many_values() && wanted.size() > 1 && wanted[0].first == 0) {
    auto const next =
        std::find_if(wanted.begin() + 1, wanted.end(), [](BinCount bin) { return bin.count != 0; });
    *next = {0, next->end, wanted[0].count + next->count};  // a counted bin follows bin 0
    wanted.erase(wanted.begin(), next);
  }
  for (BinCount const& bin : wanted) {
    DistributionBin const entry = exact(bin);
    bool const between_values = exact.few_values() && entry.count == 0 && entry.expected == 0.0;
    if (!between_values) result.push_back(entry);
  }
  return result;
}

}  // namespace dsgd
