#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd {

/// The most elements for which networks are worth while: those of more take long to make.
inline constexpr std::uint32_t most_sorted = 256;

/// A sequence of comparators that brings elements of a sorted order to known wires.
struct SelectionNetwork {
  std::vector<Comparator> comparators;
  std::vector<std::uint32_t> wires;  ///< wires on which the wanted elements end
};

inline NetworkView view(SelectionNetwork const& network) {
  return {network.comparators.data(), static_cast<std::uint32_t>(network.comparators.size())};
}

/// Network for the elements that stand at `positions` (0 = smallest) of the sorted `inputs` elements:
/// Batcher's odd-even merge sort without what cannot become a wanted element, and without what no wanted
/// element depends on. Source: Batcher, "Sorting networks and their applications", AFIPS 1968.
/// @pre 1 <= inputs <= 65536; there are positions, all below inputs
SelectionNetwork selection_network(std::uint32_t inputs, std::span<std::uint32_t const> positions);

/// Keeps the networks that were asked for: to make one takes as long as to apply it a hundred times.
class SelectionNetworks {
 public:
  SelectionNetwork const& find(std::uint32_t inputs, std::vector<std::uint32_t> const& positions) {
    auto const [entry, is_new] = networks_.try_emplace({inputs, positions});
    if (is_new) entry->second = selection_network(inputs, positions);
    return entry->second;
  }

 private:
  std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, SelectionNetwork> networks_;
};

}  // namespace dsgd
