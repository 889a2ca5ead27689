#include "output/most_gradients.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <variant>

#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// True where all rows have one value of this.
template <class Value>
bool same(std::span<ResultRow const* const> rows, Value const& value) {
  return std::all_of(rows.begin(), rows.end(),
                     [&](ResultRow const* row) { return value(*row) == value(*rows.front()); });
}

std::string law(ResultRow const& row) { return fleet_spec(row.point()); }
std::string strategy(ResultRow const& row) { return canonical_spec(row.point().strategy); }
std::uint64_t workers(ResultRow const& row) { return row.point().workers(); }

double throughput(ResultRow const* row) { return row->estimate.throughput.value_or(0); }

std::string ratio_to_sync(ResultRow const& best, std::span<ResultRow const* const> rows) {
  auto const sync = std::find_if(rows.begin(), rows.end(), [&](ResultRow const* row) {
    return std::holds_alternative<Sync>(row->point().strategy) && workers(*row) == workers(best);
  });
  if (sync == rows.end() || *sync == &best || throughput(*sync) == 0) return {};
  return ", " + significant(throughput(&best) / throughput(*sync), 3) + " times sync's";
}

struct Interval {
  double low, high;
};

/// The 95 % interval of a throughput; the value alone where runtimes do not vary. Nothing is known of rows without
/// one, such as those of an infinite variance.
std::optional<Interval> interval_of(ResultRow const& row) {
  Estimate const& of = row.estimate;
  if (of.throughput && of.standard_deviation == 0) return Interval{*of.throughput, *of.throughput};
  if (!of.throughput_low) return std::nullopt;
  return Interval{*of.throughput_low, of.throughput_high.value_or(std::numeric_limits<double>::infinity())};
}

/// How many other rows may be as good: their interval reaches up to that of the best.
std::string also_text(ResultRow const& best, std::span<ResultRow const* const> rows) {
  std::optional<Interval> const own = interval_of(best);
  if (!own) return {};
  auto const others = std::count_if(rows.begin(), rows.end(), [&](ResultRow const* row) {
    std::optional<Interval> const other = interval_of(*row);
    return row != &best && other && other->high >= own->low;
  });
  if (others == 0) return {};
  return " (within 95 % intervals " + std::to_string(others) +
         (others == 1 ? " other is as good)" : " others are as good)");
}

}  // namespace

std::string most_gradients_text(std::span<ResultRow const* const> rows) {
  if (rows.size() < 2 || !same(rows, law) || (same(rows, strategy) && same(rows, workers))) return {};
  ResultRow const& best = **std::max_element(
      rows.begin(), rows.end(),
      [](ResultRow const* a, ResultRow const* b) { return throughput(a) < throughput(b); });
  if (throughput(&best) == 0) return {};
  std::string const count = counted(workers(best), "worker");
  return "most gradients per time: " + strategy(best) + (same(rows, workers) ? "" : " with " + count) +
         ratio_to_sync(best, rows) + also_text(best, rows) + "\n";
}

}  // namespace dsgd
