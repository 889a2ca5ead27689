#include <string>

#include "output/format.hpp"
#include "output/markdown_cells.hpp"
#include "output/readable.hpp"
#include "spec/spec.hpp"

namespace dsgd {
std::string markdown_text(Document const& document) {
  FleetNames fleets;
  for (ResultRow const& row : document.rows)
    if (!row.point().fleet.equal()) fleets.add(fleet_spec(row.point()));
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
      Cell const cell = column.name == "law" ? Cell(fleets.name(fleet_spec(row.point()))) : column.value(row);
      text += " " + markdown_cell(readable(cell, column.digits, "")) + " |";
    }
    for (NamedCell const& cell : requested_cells(document, row))
      text += " " + readable(cell.value, digits_of_mean, "") + " |";
    text += "\n";
  }
  return text + fleets.legend();
}

}  // namespace dsgd
