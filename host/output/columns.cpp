#include "output/columns.hpp"

#include <array>
#include <optional>

#include "exact/gradients.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

Cell cell(std::optional<double> const& value) { return value ? Cell(*value) : Cell(); }

Cell gradients_cell(Point const& point) {
  if (std::holds_alternative<Deadline>(point.strategy)) return round_to_12_digits(mean_gradients(point));
  return gradients(point.strategy, point.workers());
}

constexpr std::array columns{
    Column{"law", "", "distribution of one worker's delay",
           [](ResultRow const& row) -> Cell { return fleet_spec(row.point()); }},
    Column{"strategy", "", "whom the server waits for",
           [](ResultRow const& row) -> Cell { return canonical_spec(row.point().strategy); }},
    Column{"workers", "", "number of workers, m",
           [](ResultRow const& row) -> Cell { return row.point().workers(); }},
    Column{"iterations", "", "iterations that were done",
           [](ResultRow const& row) -> Cell { return row.estimate.iterations; }},
    Column{"gradients", "", "mini-batches that enter an update; the mean where that is random",
           [](ResultRow const& row) { return gradients_cell(row.point()); }},
    Column{"mean", "time", "average runtime of one iteration",
           [](ResultRow const& row) { return cell(row.estimate.mean); }},
    Column{"standard_error", "time", "standard error of the mean",
           [](ResultRow const& row) { return cell(row.estimate.standard_error); }, 2},
    Column{"ci95_low", "time", "lower end of the mean's 95 % confidence interval",
           [](ResultRow const& row) { return cell(row.estimate.ci95_low); }},
    Column{"ci95_high", "time", "upper end of the mean's 95 % confidence interval",
           [](ResultRow const& row) { return cell(row.estimate.ci95_high); }},
    Column{"standard_deviation", "time", "of one iteration's runtime",
           [](ResultRow const& row) { return cell(row.estimate.standard_deviation); }, 4},
    Column{"minimum", "time", "shortest iteration",
           [](ResultRow const& row) -> Cell { return row.estimate.minimum; }, 4},
    Column{"maximum", "time", "longest iteration",
           [](ResultRow const& row) -> Cell { return row.estimate.maximum; }, 4},
    Column{"expected", "time", "exact mean, where it is known",
           [](ResultRow const& row) { return cell(row.estimate.expected); }},
    Column{"z", "", "(mean - expected) / standard_error",
           [](ResultRow const& row) { return cell(row.estimate.z); }, 3},
    Column{"throughput", "gradients/time", "gradients per unit of time: gradients / mean",
           [](ResultRow const& row) { return cell(row.estimate.throughput); }},
    Column{"throughput_low", "gradients/time", "gradients / ci95_high",
           [](ResultRow const& row) { return cell(row.estimate.throughput_low); }},
    Column{"throughput_high", "gradients/time", "gradients / ci95_low",
           [](ResultRow const& row) { return cell(row.estimate.throughput_high); }},
    Column{"busy", "", "share of the workers' time that made gradients which entered, where it is known",
           [](ResultRow const& row) { return cell(row.estimate.busy); }, 4},
    Column{"discarded", "",
           "share that made gradients which were cancelled, copies included; what is left, workers wait",
           [](ResultRow const& row) { return cell(row.estimate.discarded); }, 4},
    Column{"cost", "time", "time of all workers per gradient: workers mean / gradients",
           [](ResultRow const& row) { return cell(row.estimate.cost); }},
};

constexpr std::array requested{
    RequestedColumn{"difference",
                    "with --baseline: mean less the baseline's, under the same law and workers"},
    RequestedColumn{"difference_low", "lower end of its 95 % confidence interval, which counts shared draws"},
    RequestedColumn{"difference_high", "upper end of its 95 % confidence interval"},
    RequestedColumn{"qP", "with --quantiles: quantile of the runtime, P being its probability"},
    RequestedColumn{"qP_low", "lower end of its 95 % confidence interval, where iterations are independent"},
    RequestedColumn{"qP_high", "upper end of its 95 % confidence interval, where iterations are independent"},
    RequestedColumn{"updates_mean",
                    "with --updates N: mean time of N updates in a row, where they are independent"},
    RequestedColumn{"updates_standard_deviation", "of that time"},
};

}  // namespace

std::span<Column const> result_columns() { return columns; }
std::span<RequestedColumn const> requested_columns() { return requested; }

std::vector<NamedCell> requested_cells(Document const& document, ResultRow const& row) {
  std::vector<NamedCell> cells;
  if (document.baseline) {
    Difference const found = row.difference.value_or(Difference{});
    cells.push_back({"difference", row.difference ? Cell(found.value) : Cell()});
    cells.push_back({"difference_low", cell(found.low)});
    cells.push_back({"difference_high", cell(found.high)});
  }
  for (std::size_t i = 0; i < document.quantiles.size(); ++i) {
    std::string const name = "q" + shortest(document.quantiles[i]);
    bool const known = i < row.estimate.quantiles.size();
    Quantile const quantile = known ? row.estimate.quantiles[i] : Quantile{};
    cells.push_back({name, known ? Cell(quantile.value) : Cell()});
    cells.push_back({name + "_low", cell(quantile.low)});
    cells.push_back({name + "_high", cell(quantile.high)});
  }
  if (document.updates) {
    std::optional<TimeOfUpdates> const time = time_of_updates(row.point(), row.estimate, *document.updates);
    cells.push_back({"updates_mean", time ? Cell(time->mean) : Cell()});
    cells.push_back({"updates_standard_deviation", time ? cell(time->standard_deviation) : Cell()});
  }
  return cells;
}

std::string cell_text(Cell const& cell) {
  struct Text {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(std::string const& text) const { return text; }
    std::string operator()(std::uint64_t count) const { return std::to_string(count); }
    std::string operator()(double number) const { return shortest(number); }
  };
  return std::visit(Text{}, cell);
}

}  // namespace dsgd
