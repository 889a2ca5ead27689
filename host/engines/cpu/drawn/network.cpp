#include "engines/cpu/drawn/network.hpp"

#include <algorithm>
#include <utility>

#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

/// Builds the network, and notes which places hold nothing wanted any more.
class Builder {
 public:
  Builder(std::uint32_t inputs, std::span<std::uint32_t const> positions) : inputs_(inputs), wire_(inputs) {
    for (std::uint32_t i = 0; i < inputs; ++i) wire_[i] = i;
    auto const [first, last] = std::minmax_element(positions.begin(), positions.end());
    first_ = *first;
    last_ = *last;
  }

  SelectionNetwork build(std::span<std::uint32_t const> positions) {
    for (std::uint32_t sorted = 1; sorted < inputs_; sorted *= 2) {
      merge_pairs_of(sorted);
      drop_outsiders_of(2 * sorted);
    }
    SelectionNetwork network;
    for (std::uint32_t const position : positions)
      network.wires.push_back(static_cast<std::uint32_t>(wire_[position]));
    network.comparators = needed_for(network.wires);
    return network;
  }

 private:
  static constexpr std::int64_t too_small = -1, too_large = -2;  ///< in place of a wire with nothing wanted

  /// Merges pairs of sorted lists of this length, the last of which may be cut off.
  void merge_pairs_of(std::uint32_t length) {
    for (std::uint32_t distance = length; distance >= 1; distance /= 2)
      for (std::uint32_t begin = distance % length; begin + distance < inputs_; begin += 2 * distance)
        for (std::uint32_t i = begin; i < begin + distance && i + distance < inputs_; ++i)
          if (i / (2 * length) == (i + distance) / (2 * length)) compare(wire_[i], wire_[i + distance]);
  }

  /// Brings the smaller of two elements to the first place.
  void compare(std::int64_t& first, std::int64_t& second) {
    if (first == too_small || second == too_large) return;
    if (first == too_large || second == too_small)
      std::swap(first, second);
    else
      comparators_.push_back({static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(second)});
  }

  /// Forgets elements of sorted lists that have too many smaller or too many larger ones beside them.
  void drop_outsiders_of(std::uint32_t length) {
    for (std::uint32_t begin = 0; begin < inputs_; begin += length) {
      std::uint32_t const end = std::min(begin + length, inputs_);
      for (std::uint32_t i = begin; i < end; ++i) {
        std::uint32_t const smaller = i - begin, larger = end - 1 - i;
        if (smaller > last_) wire_[i] = too_large;
        if (larger > inputs_ - 1 - first_) wire_[i] = too_small;
      }
    }
  }

  /// Comparators on which the elements on some wires depend.
  std::vector<Comparator> needed_for(std::vector<std::uint32_t> const& wires) const {
    std::vector<bool> needed(inputs_, false);
    for (std::uint32_t const wire : wires) needed[wire] = true;
    std::vector<Comparator> kept;
    for (std::size_t n = comparators_.size(); n-- > 0;) {
      Comparator const c = comparators_[n];
      if (!needed[c.low] && !needed[c.high]) continue;
      needed[c.low] = needed[c.high] = true;
      kept.push_back(c);
    }
    std::reverse(kept.begin(), kept.end());
    return kept;
  }

  std::uint32_t inputs_, first_ = 0, last_ = 0;  ///< first_ and last_: extreme wanted positions
  std::vector<std::int64_t> wire_;               ///< wire that holds the element of each place
  std::vector<Comparator> comparators_;
};

}  // namespace

SelectionNetwork selection_network(std::uint32_t inputs, std::span<std::uint32_t const> positions) {
  DSGD_EXPECTS(inputs >= 1 && inputs <= 65536 && !positions.empty());
  DSGD_EXPECTS(*std::max_element(positions.begin(), positions.end()) < inputs);
  return Builder(inputs, positions).build(positions);
}

}  // namespace dsgd
