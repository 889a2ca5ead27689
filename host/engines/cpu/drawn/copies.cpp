#include "engines/cpu/drawn/copies.hpp"

#include <algorithm>
#include <bit>
#include <span>
#include <variant>
#include <vector>

#include "dsgd/expects.hpp"
#include "engines/cpu/histograms.hpp"

namespace dsgd {
DrawnCopies::DrawnCopies(InstructionSet const& set)
    : set_(&set),
      planner_(set),
      delays_of_words_(set, longest_run),
      words_(most_words + BlockPlanner::most_workers * max_granule),
      delays_(most_words + BlockPlanner::most_workers * max_granule),
      sorted_(std::size_t{most_sorted} * max_granule) {
  for (auto* array : {&copies_, &runtimes_}) array->resize(longest_run + 2 * max_granule);
  begins_.resize(longest_run + 2 * max_granule);
}

bool DrawnCopies::serves(Observable const& observable) {
  auto const* const form = std::get_if<Copied>(&observable.runtime);
  if (form == nullptr || !observable.has_equal_workers()) return false;
  bool const is_sorted = form->arrived != 0 || (form->rank != 1 && form->rank != observable.workers());
  return observable.workers() <= (is_sorted ? most_sorted : BlockPlanner::most_workers);
}

void DrawnCopies::operator()(Stream stream, Observable const& observable, IterationRange iterations,
                             Summary& summary) {
  DSGD_EXPECTS(serves(observable));
  std::uint64_t const fitting = std::max<std::uint64_t>(most_words / observable.workers(), max_granule);
  std::uint64_t const longest = std::min<std::uint64_t>(fitting / max_granule * max_granule, longest_run);
  while (iterations.count > 0) {
    std::uint64_t const before_wrap = (std::uint64_t{1} << 32) - (iterations.first & 0xffffffff);
    auto const count = static_cast<std::uint32_t>(std::min({iterations.count, longest, before_wrap}));
    run(stream, observable, iterations.first, count);
    summary.merge(summary_of(*set_, runtimes_.data(), count, observable.quantum_exponent));
    if (observable.histogram)
      count_runtimes({runtimes_.data(), count}, observable.histogram_origin, summary.histogram);
    iterations = {iterations.first + count, iterations.count - count};
  }
}

void DrawnCopies::run(Stream stream, Observable const& observable, std::uint64_t first, std::uint32_t count) {
  auto const& form = std::get<Copied>(observable.runtime);
  auto const workers = static_cast<std::uint32_t>(observable.workers());
  std::uint32_t const granule = set_->words.granule;
  width_ = (count + granule - 1) / granule * granule;
  delays_of_words_.start(stream, first);
  draw(stream, workers, first, 0);
  for (std::size_t row = 0; row < std::size_t{workers} * width_; row += width_)
    delays_of_words_.find(observable.law(), words_.data() + row, width_, delays_.data() + row);
  find_begins(form, workers);
  draw(stream, workers, first, first_copy);
  for (std::size_t row = 0; row < std::size_t{workers} * width_; row += width_) {
    delays_of_words_.find(observable.law(), words_.data() + row, width_, copies_.data());
    float* const delays = delays_.data() + row;
    for (std::uint32_t i = 0; i < width_; ++i)
      delays[i] = std::min(delays[i], static_cast<float>(begins_[i] + static_cast<double>(copies_[i])));
  }
  find_rank(workers, static_cast<std::uint32_t>(form.rank));
}

void DrawnCopies::draw(Stream stream, std::uint32_t workers, std::uint64_t first, std::uint64_t number) {
  PhiloxPlan const plan = plan_philox(stream, static_cast<std::uint32_t>(first >> 32));
  std::uint32_t const blocks = (workers + 3) / 4;
  set_->words.draw_words(plan, planner_.plan(plan, static_cast<std::uint32_t>(number / 4), blocks), blocks,
                         static_cast<std::uint32_t>(first), width_, width_, words_.data());
}

void DrawnCopies::find_begins(Copied const& form, std::uint32_t workers) {
  std::fill_n(begins_.begin(), width_, form.after);
  if (form.arrived == 0) return;
  auto const arrived = static_cast<std::uint32_t>(form.arrived);
  std::vector<std::uint32_t> const ranks{(arrived - 1) / 2 + 1, arrived / 2 + 1, arrived};
  for (std::uint32_t offset = 0; offset < width_; offset += set_->words.granule) {
    SelectionNetwork const& network = sort(workers, offset, ranks);
    for (std::uint32_t l = 0; l < set_->words.granule; ++l) {
      auto const delay = [&](std::size_t number) {
        return static_cast<double>(sorted(network, ranks, number, l));
      };
      auto const median = static_cast<float>((delay(0) + delay(1)) / 2);
      double const usual = form.origin + static_cast<double>(median);
      begins_[offset + l] = std::max({form.after, form.origin + delay(2), form.factor * usual});
    }
  }
}

void DrawnCopies::find_rank(std::uint32_t workers, std::uint32_t rank) {
  if (rank == 1 || rank == workers) {
    std::copy_n(delays_.begin(), width_, runtimes_.begin());
    float const* delays = delays_.data();
    for (std::uint32_t worker = 1; worker < workers; ++worker) {
      delays += width_;
      for (std::uint32_t i = 0; i < width_; ++i)
        runtimes_[i] = rank == 1 ? std::min(runtimes_[i], delays[i]) : std::max(runtimes_[i], delays[i]);
    }
    return;
  }
  std::vector<std::uint32_t> const ranks{rank};
  for (std::uint32_t offset = 0; offset < width_; offset += set_->words.granule) {
    SelectionNetwork const& network = sort(workers, offset, ranks);
    for (std::uint32_t l = 0; l < set_->words.granule; ++l)
      runtimes_[offset + l] = sorted(network, ranks, 0, l);
  }
}

SelectionNetwork const& DrawnCopies::sort(std::uint32_t workers, std::uint32_t offset,
                                          std::vector<std::uint32_t> const& ranks) {
  std::uint32_t const granule = set_->words.granule, fours = (workers + 3) / 4;
  positions_.clear();
  for (std::uint32_t const rank : ranks) positions_.push_back((rank - 1) / 4);
  SelectionNetwork const& network = networks_.find(fours, positions_);
  // Bits of floats >= 0 are ordered as the floats are; whom a four lacks comes last.
  for (std::uint32_t worker = 0; worker < 4 * fours; ++worker)
    for (std::uint32_t l = 0; l < granule; ++l)
      sorted_[worker * granule + l] =
          worker < workers ? std::bit_cast<std::uint32_t>(delays_[std::size_t{worker} * width_ + offset + l])
                           : ~0u;
  set_->words.sort_by_network(view(network), fours, sorted_.data());
  return network;
}

}  // namespace dsgd
