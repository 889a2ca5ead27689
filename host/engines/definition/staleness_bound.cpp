#include "engines/definition/staleness_bound.hpp"

#include <algorithm>

namespace dsgd {

std::span<std::uint32_t const> StalenessBound::end_job(std::uint32_t worker) {
  may_begin_.clear();
  std::uint64_t const ended = ++ended_[worker];
  (ended - least_ended_ <= staleness_ ? may_begin_ : ahead_).push_back(worker);
  if (ended == least_ended_ + 1 && --slowest_ == 0) {
    ++least_ended_;
    slowest_ = static_cast<std::size_t>(std::count(ended_.begin(), ended_.end(), least_ended_));
    // All that wait have ended staleness + 1 jobs more than the slowest had.
    may_begin_.insert(may_begin_.end(), ahead_.begin(), ahead_.end());
    ahead_.clear();
  }
  return may_begin_;
}

}  // namespace dsgd
