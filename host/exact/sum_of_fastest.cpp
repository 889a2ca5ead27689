#include "exact/sum_of_fastest.hpp"

#include <variant>

#include "dsgd/expects.hpp"
#include "exact/order_statistic.hpp"
#include "exact/steps.hpp"

namespace dsgd::exact {
namespace {

struct Fastest {
  std::uint64_t workers, rank;
  double mean_of_slowest;

  double m() const { return static_cast<double>(workers); }
  double k() const { return static_cast<double>(rank); }

  /// All workers run until they arrive or the K-th does: what those who are then cancelled have worked leaves
  /// the sum. @param mean  of min(X, X(K)) of one worker
  double without_cancelled(double mean) const { return m() * mean - (m() - k()) * mean_of_slowest; }
};

/// Beyond the shift, gradients arrive at the rate of those who run: all run for K / rate in total.
std::optional<double> mean_sum(ShiftedExponential const& law, Law const&, Fastest const& of) {
  return of.k() / law.rate + of.without_cancelled(law.shift);
}

/// X(i) of m uniform numbers has the mean i / (m + 1).
std::optional<double> mean_sum(Uniform const& law, Law const&, Fastest const& of) {
  return of.k() * (law.low + (law.high - law.low) * (of.k() + 1) / (of.m() + 1) / 2);
}

std::optional<double> mean_sum(Constant const& law, Law const&, Fastest const& of) {
  return of.k() * law.value;
}

/// min(X, X(K)) is the least of X and the K-th smallest of the m - 1 others, which are independent.
template <class L>
requires requires(L const& law) { order_statistic_steps(law, 2, 1); }
std::optional<double> mean_sum(L const& law, Law const&, Fastest const& of) {
  Steps const own = order_statistic_steps(law, 1, 1);
  Steps const others = order_statistic_steps(law, of.workers - 1, of.rank);
  double mean = own.values.front();
  for (std::size_t i = 0; i < own.tails.size(); ++i)
    mean += (own.values[i + 1] - own.values[i]) * own.tails[i].above * others.tails[i].above;
  return of.without_cancelled(mean);
}

/// The same by quadrature over the K-th smallest of the others.
template <Continuous L>
std::optional<double> mean_sum(L const& law, Law const& any, Fastest const& of) {
  if (law.tail_index() <= 1) return std::nullopt;
  std::optional<double> const mean =
      order_statistic_mean(any, of.workers - 1, of.rank, [&law](double x) { return law.limited_mean(x); });
  if (!mean) return std::nullopt;
  return of.without_cancelled(*mean);
}

}  // namespace

std::optional<double> sum_of_fastest(Law const& law, std::uint64_t workers, std::uint64_t rank,
                                     double mean_of_slowest) {
  DSGD_EXPECTS(1 <= rank && rank <= workers && workers < std::uint64_t{1} << 62);
  if (rank == 1) return mean_of_slowest;
  if (rank == workers) return static_cast<double>(workers) * mean(law);
  return std::visit([&](auto const& l) { return mean_sum(l, law, {workers, rank, mean_of_slowest}); }, law);
}

std::optional<double> sum_of_fastest(std::span<Group const> fleet, std::uint64_t rank,
                                     double mean_of_slowest) {
  if (fleet.size() == 1) return sum_of_fastest(fleet.front().law, fleet.front().count, rank, mean_of_slowest);
  if (rank == 1) return mean_of_slowest;
  if (rank != workers(fleet)) {
    std::optional<double> const average = fleet_mean_of_fastest(fleet, rank);
    if (!average) return std::nullopt;
    return static_cast<double>(rank) * *average;
  }
  double sum = 0;
  for (Group const& group : fleet) sum += static_cast<double>(group.count) * mean(group.law);
  return sum;
}

}  // namespace dsgd::exact
