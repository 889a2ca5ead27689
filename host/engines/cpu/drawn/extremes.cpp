#include "engines/cpu/drawn/extremes.hpp"

#include <algorithm>
#include <limits>

#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

constexpr std::uint32_t kept_blocks = 2;  ///< blocks of workers whose words are kept at a time
constexpr std::uint32_t kept_workers = 4 * kept_blocks;
constexpr std::uint32_t few = 8;  ///< less than so many workers are cheaper to add one by one
constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

}  // namespace

Extremes::Extremes(InstructionSet const& set, std::uint32_t max_iterations)
    : set_(&set), planner_(set), stride_(max_iterations + max_granule) {
  for (auto* array : {&smallest_, &largest_, &smallest_before_, &largest_before_}) array->resize(stride_);
  for (auto* array : {&to_smallest_, &to_largest_}) array->resize(few * std::size_t{stride_});
  words_.resize(kept_workers * std::size_t{stride_});
}

void Extremes::start(Stream stream, std::uint64_t first, std::uint32_t count) {
  plan_ = plan_philox(stream, static_cast<std::uint32_t>(first >> 32));
  first_ = static_cast<std::uint32_t>(first);
  count_ = count;
  workers_ = 0;
  step_ = 0;
  first_kept_ = nobody;
}

void Extremes::extend_to(std::uint32_t workers) {
  DSGD_EXPECTS(workers >= workers_);
  if (workers == workers_) return;
  changes_ = {0, 0};
  if (step_ == 0) {
    extend_by_blocks(workers);
  } else if (workers - workers_ < few) {
    extend_by_words(workers);
  } else {
    smallest_before_ = smallest_;
    largest_before_ = largest_;
    extend_by_blocks(workers);
    changes_ = {
        set_->words.find_changes(smallest_.data(), smallest_before_.data(), count_, to_smallest_.data()),
        set_->words.find_changes(largest_.data(), largest_before_.data(), count_, to_largest_.data())};
  }
  workers_ = workers;
  ++step_;
}

void Extremes::extend_by_blocks(std::uint32_t workers) {
  // A block that was cut off before is taken again, which does not change extremes.
  planner_.for_each_part(plan_, workers_ / 4, workers, [&](WorkerBlocks const& blocks, std::uint32_t first) {
    auto const take = first == 0 ? set_->words.find_extremes : set_->words.extend_extremes;
    take(plan_, blocks, first_, count_, smallest_.data(), largest_.data());
  });
}

void Extremes::extend_by_words(std::uint32_t workers) {
  for (std::uint32_t worker = workers_; worker < workers; ++worker) {
    std::uint32_t const offset = worker % kept_workers;
    if (worker - offset != first_kept_) {
      first_kept_ = worker - offset;
      set_->words.draw_words(plan_, planner_.plan(plan_, first_kept_ / 4, kept_blocks), kept_blocks, first_,
                             count_, stride_, words_.data());
    }
    changes_ =
        set_->words.extend_by_words(words_.data() + offset * std::size_t{stride_}, count_, smallest_.data(),
                                    largest_.data(), changes_, to_smallest_.data(), to_largest_.data());
  }
}

}  // namespace dsgd
