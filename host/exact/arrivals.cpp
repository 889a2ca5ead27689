#include "exact/arrivals.hpp"

#include <algorithm>
#include <vector>

namespace dsgd::exact {
namespace {

/// Probabilities of 0, 1, ..., k - 1 mini-batches and, last, of k or more.
using Counts = std::vector<double>;

Counts sum_of(Counts const& a, Counts const& b) {
  std::size_t const k = a.size() - 1;
  Counts result(k + 1);
  for (std::size_t i = 0; i <= k; ++i) {
    if (a[i] == 0) continue;
    for (std::size_t j = 0; j <= k; ++j) result[std::min(i + j, k)] += a[i] * b[j];
  }
  return result;
}

/// Probabilities of what one worker has made.
Counts of_one_worker(std::function<Tails(std::uint64_t)> const& sum, std::uint64_t k) {
  Counts counts(k + 1);
  Tails made{1, 0};  // P(n or more), P(fewer)
  for (std::uint64_t n = 0; n < k; ++n) {
    Tails const more = sum(n + 1);
    counts[n] = made.below < 0.5 ? made.below - more.below : more.above - made.above;
    made = more;
    if (made.below < 1e-60) return counts;
  }
  counts[k] = made.below;
  return counts;
}

}  // namespace

Tails arrival_tails(std::function<Tails(std::uint64_t)> const& sum, std::uint64_t workers, std::uint64_t k) {
  Counts power = of_one_worker(sum, k);
  Counts all(k + 1);
  all[0] = 1;
  for (std::uint64_t rest = workers; rest > 0; rest /= 2) {
    if (rest % 2 == 1) all = sum_of(all, power);
    if (rest > 1) power = sum_of(power, power);
  }
  Tails tails{all[k], 0};
  for (std::uint64_t n = 0; n < k; ++n) tails.above += all[n];
  return tails;
}

}  // namespace dsgd::exact
