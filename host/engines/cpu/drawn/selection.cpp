#include "engines/cpu/drawn/selection.hpp"

#include <algorithm>

#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

constexpr std::uint32_t max_network_workers = 256;  ///< for more, windows are faster
static_assert(max_network_workers <= 4 * BlockPlanner::max_blocks);

}  // namespace

Selection::Selection(InstructionSet const& set, std::uint32_t max_iterations)
    : set_(&set),
      stride_(max_iterations + max_granule),
      words_(std::size_t{max_network_workers} * max_granule),
      planner_(set),
      windows_(set) {}

void Selection::start(Stream stream, std::uint64_t first, std::uint32_t count) {
  plan_ = plan_philox(stream, static_cast<std::uint32_t>(first >> 32));
  first_ = static_cast<std::uint32_t>(first);
  count_ = count;
}

void Selection::find(std::uint32_t workers, std::span<std::uint32_t const> ranks) {
  DSGD_EXPECTS(!ranks.empty() && *std::min_element(ranks.begin(), ranks.end()) >= 1);
  DSGD_EXPECTS(*std::max_element(ranks.begin(), ranks.end()) <= workers);
  selected_.resize(std::max(selected_.size(), ranks.size() * stride_));
  if (workers <= max_network_workers) {
    find_by_network(workers, ranks);
    return;
  }
  for (std::size_t n = 0; n < ranks.size(); ++n)
    windows_.find(plan_, {first_, count_}, workers, ranks[n], selected_.data() + n * stride_);
}

void Selection::find_by_network(std::uint32_t workers, std::span<std::uint32_t const> ranks) {
  std::uint32_t const granule = set_->words.granule;
  std::uint32_t const blocks = (workers + 3) / 4;
  positions_.clear();
  for (std::uint32_t const rank : ranks) positions_.push_back((workers - rank) / 4);
  SelectionNetwork const& network = networks_.find(blocks, positions_);
  WorkerBlocks const drawn{planner_.plan(plan_, 0, blocks), workers / 4, workers % 4};
  for (std::uint32_t offset = 0; offset < count_; offset += granule) {
    set_->words.draw_and_sort(plan_, drawn, first_ + offset, view(network), words_.data());
    for (std::size_t n = 0; n < ranks.size(); ++n) {
      std::uint32_t const row = 4 * network.wires[n] + (workers - ranks[n]) % 4;
      std::copy_n(words_.data() + std::size_t{row} * granule, granule,
                  selected_.data() + n * stride_ + offset);
    }
  }
}

}  // namespace dsgd
