#include <algorithm>
#include <string>
#include <vector>

#include "output/format.hpp"
#include "output/readable.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

std::string markdown_cell(std::string const& text) {
  std::string escaped;
  for (char const c : text) escaped.append(c == '|' ? "\\|" : std::string(1, c));
  return escaped;
}

/// The fleets of unequal workers, which are too long for a cell: named by number, and listed below.
class FleetNames {
 public:
  explicit FleetNames(std::vector<ResultRow> const& rows) {
    for (ResultRow const& row : rows)
      if (!row.point().fleet.empty() && number_of(row.point()) == specs_.size())
        specs_.push_back(fleet_spec(row.point()));
  }

  /// @return a short name; for equal workers the spec of their law
  std::string name(Point const& point) const {
    if (point.fleet.empty()) return short_spec(fleet_spec(point));
    return "fleet " + std::to_string(number_of(point) + 1);
  }

  /// As code: an asterisk elsewhere would be taken for emphasis.
  std::string legend() const {
    std::string text;
    for (std::size_t i = 0; i < specs_.size(); ++i)
      text += (i == 0 ? "\n- fleet " : "- fleet ") + std::to_string(i + 1) + ": `" + short_spec(specs_[i]) +
              "`\n";
    return text;
  }

 private:
  std::size_t number_of(Point const& point) const {
    return static_cast<std::size_t>(std::find(specs_.begin(), specs_.end(), fleet_spec(point)) -
                                    specs_.begin());
  }

  std::vector<std::string> specs_;
};

}  // namespace

std::string markdown_text(Document const& document) {
  FleetNames const fleets(document.rows);
  std::string text = "|";
  std::string rule = "|";
  auto const head = [&](std::string_view name, bool is_number) {
    text.append(" ").append(name).append(" |");
    rule += is_number ? " ---: |" : " --- |";
  };
  for (Column const& column : result_columns())
    head(column.name, column.name != "law" && column.name != "strategy");
  if (!document.rows.empty())
    for (NamedCell const& cell : requested_cells(document, document.rows.front())) head(cell.name, true);
  text += "\n" + rule + "\n";
  for (ResultRow const& row : document.rows) {
    text += "|";
    for (Column const& column : result_columns()) {
      Cell const cell = column.name == "law" ? Cell(fleets.name(row.point())) : column.value(row);
      text += " " + markdown_cell(readable(cell, column.digits, "")) + " |";
    }
    for (NamedCell const& cell : requested_cells(document, row))
      text += " " + readable(cell.value, digits_of_mean, "") + " |";
    text += "\n";
  }
  return text + fleets.legend();
}

}  // namespace dsgd
