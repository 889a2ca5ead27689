#include "spec/pooled.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "dsgd/expects.hpp"
#include "spec/mixed.hpp"

namespace dsgd {
namespace {

constexpr double beyond_chance = 3.719;  ///< a normal number exceeds it with probability 10^-4
constexpr std::size_t most_workers = 100'000;

}  // namespace

double difference_of_workers(std::vector<double> const& times, table::Labels const& labels) {
  std::size_t const count = times.size(), workers = labels.names.size();
  DSGD_EXPECTS(workers >= 2 && labels.of_row.size() == count);
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return times[a] < times[b]; });
  std::vector<double> rank_sums(workers), sizes(workers);
  double ties = 0;
  for (std::size_t begin = 0, end = 0; begin < count; begin = end) {
    while (end < count && times[order[end]] == times[order[begin]]) ++end;
    auto const size = static_cast<double>(end - begin);
    ties += size * (size * size - 1);
    double const rank = (static_cast<double>(begin + end) + 1) / 2;  // the mean of theirs, from 1
    for (std::size_t i = begin; i < end; ++i) {
      std::uint32_t const worker = labels.of_row[order[i]];
      rank_sums[worker] += rank;
      ++sizes[worker];
    }
  }
  auto const n = static_cast<double>(count);
  double const varying = 1 - ties / (n * (n * n - 1));
  if (varying <= 0) return 0;  // all values are one
  double between = 0;
  for (std::size_t worker = 0; worker < workers; ++worker) {
    DSGD_EXPECTS(sizes[worker] > 0);
    double const distance = rank_sums[worker] / sizes[worker] - (n + 1) / 2;
    between += sizes[worker] * distance * distance;
  }
  double const statistic = 12 / (n * (n + 1)) * between / varying;
  auto const freedom = static_cast<double>(workers - 1);
  double const variance = 2 / (9 * freedom);
  return (std::cbrt(statistic / freedom) - (1 - variance)) / std::sqrt(variance);
}

bool workers_differ(std::vector<double> const& times, table::Labels const& labels) {
  std::size_t const workers = labels.names.size();
  // Workers with hardly any values are told apart by chance, and so are steps that are called workers.
  if (workers < 2 || workers > most_workers || times.size() < 4 * workers) return false;
  return difference_of_workers(times, labels) >= beyond_chance;
}

std::string warning_of_pooled(TableKeys const& keys, table::Table const& table) {
  if (!workers_differ(table.values, table.noticed)) return {};
  table::Kinds const* const kinds = mixed_kinds(table, table.noticed);
  return keys.file + ": the " + std::to_string(table.noticed.names.size()) + " workers of column " +
         table.noticed_columns +
         " differ beyond chance, and are taken for one law (their slowest is then wrong): give worker=" +
         table.noticed_columns + (kinds == nullptr ? "" : " and " + where_advice(*kinds, "where="));
}

}  // namespace dsgd
