#include "output/columns.hpp"
#include "output/format.hpp"

namespace dsgd {
std::string csv_cell(std::string const& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char const c : text) quoted.append(c == '"' ? "\"\"" : std::string(1, c));
  return quoted + "\"";
}

std::string csv_text(Document const& document) {
  std::string text;
  for (Column const& column : result_columns()) text.append(text.empty() ? "" : ",").append(column.name);
  if (!document.rows.empty())
    for (NamedCell const& cell : requested_cells(document, document.rows.front()))
      text.append(",").append(cell.name);
  text += "\n";
  for (ResultRow const& row : document.rows) {
    char const* separator = "";
    for (Column const& column : result_columns()) {
      text.append(separator).append(csv_cell(cell_text(column.value(row))));
      separator = ",";
    }
    for (NamedCell const& cell : requested_cells(document, row))
      text.append(separator).append(cell_text(cell.value));
    text += "\n";
  }
  return text;
}

}  // namespace dsgd
