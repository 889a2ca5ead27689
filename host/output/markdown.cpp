#include "output/columns.hpp"
#include "output/format.hpp"

namespace dsgd {
namespace {

std::string markdown_cell(std::string const& text) {
  std::string escaped;
  for (char const c : text) escaped.append(c == '|' ? "\\|" : std::string(1, c));
  return escaped;
}

}  // namespace

std::string markdown_text(Document const& document) {
  std::string text = "|";
  std::string rule = "|";
  for (Column const& column : result_columns()) {
    text.append(" ").append(column.name).append(" |");
    rule += " --- |";
  }
  if (!document.rows.empty())
    for (NamedCell const& cell : requested_cells(document, document.rows.front())) {
      text.append(" ").append(cell.name).append(" |");
      rule += " --- |";
    }
  text += "\n" + rule + "\n";
  for (ResultRow const& row : document.rows) {
    text += "|";
    for (Column const& column : result_columns())
      text += " " + markdown_cell(cell_text(column.value(row))) + " |";
    for (NamedCell const& cell : requested_cells(document, row)) text += " " + cell_text(cell.value) + " |";
    text += "\n";
  }
  return text;
}

}  // namespace dsgd
