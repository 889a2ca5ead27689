#include "spec/mixed.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace dsgd {
namespace {

constexpr double far_apart = 2;          ///< ratio of medians
constexpr std::size_t fewest_apart = 2;  ///< that have times far apart, where there are as many
constexpr std::size_t fewest_rows = 5;   ///< of a worker and a kind
constexpr std::size_t least_part = 10;   ///< a kind has one row of so many at least

double median(std::vector<double>& times) {
  auto const middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

/// What the kinds of one worker's times come to.
enum class Verdict { one_kind, alike, apart };

/// @param times  [kind]
Verdict verdict(std::vector<std::vector<double>>& times) {
  std::size_t all = 0, kinds = 0;
  for (std::vector<double> const& of_kind : times) all += of_kind.size();
  double least = HUGE_VAL, most = 0;
  for (std::vector<double>& of_kind : times) {
    if (of_kind.size() < fewest_rows || of_kind.size() * least_part < all) continue;
    ++kinds;
    double const here = median(of_kind);
    least = std::min(least, here);
    most = std::max(most, here);
  }
  if (kinds < 2) return Verdict::one_kind;
  return most > 0 && most >= far_apart * least ? Verdict::apart : Verdict::alike;
}

bool are_mixed(table::Table const& table, table::Labels const& workers, table::Kinds const& kinds) {
  if (kinds.names.empty() || kinds.of_row.size() != table.values.size()) return false;
  std::size_t const count = std::max<std::size_t>(1, workers.names.size());
  std::vector<std::vector<std::size_t>> rows(count);
  for (std::size_t row = 0; row < table.values.size(); ++row)
    if (!std::isnan(table.values[row])) rows[workers.names.empty() ? 0 : workers.of_row[row]].push_back(row);
  std::size_t several = 0, apart = 0;
  std::vector<std::vector<double>> times(kinds.names.size());
  for (std::vector<std::size_t> const& own : rows) {
    for (std::vector<double>& of_kind : times) of_kind.clear();
    for (std::size_t const row : own) times[kinds.of_row[row]].push_back(table.values[row]);
    Verdict const found = verdict(times);
    several += found == Verdict::one_kind ? 0 : 1;
    apart += found == Verdict::apart ? 1 : 0;
  }
  return apart >= std::min(fewest_apart, count) && 2 * apart >= several;
}

}  // namespace

table::Kinds const* mixed_kinds(table::Table const& table, table::Labels const& workers) {
  auto const found = std::find_if(table.kinds.begin(), table.kinds.end(), [&](table::Kinds const& kinds) {
    return are_mixed(table, workers, kinds);
  });
  return found == table.kinds.end() ? nullptr : &*found;
}

std::string warning_of_mixed(TableKeys const& keys, table::Table const& table) {
  table::Kinds const* const kinds = mixed_kinds(table, table.workers);
  if (kinds == nullptr) return {};
  return keys.file + ": the times of a worker differ by a factor of 2 or more between values of column " +
         kinds->column + ", and are taken for one law (several jobs are in one table, perhaps): give " +
         where_advice(*kinds, "where=");
}

std::string where_advice(table::Kinds const& kinds, std::string const& where) {
  return where + kinds.column + "=" + kinds.names.front() + ", or another of its " +
         std::to_string(kinds.names.size()) + " values (" + some_names(kinds) + ")";
}

}  // namespace dsgd
