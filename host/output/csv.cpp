#include "output/columns.hpp"
#include "output/format.hpp"

namespace dsgd {
namespace {

/// Quoted where RFC 4180 asks for it.
std::string csv_cell(std::string const& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char const c : text) quoted.append(c == '"' ? "\"\"" : std::string(1, c));
  return quoted + "\"";
}

}  // namespace

std::string csv_text(Document const& document) {
  std::string text;
  for (Column const& column : result_columns()) text.append(text.empty() ? "" : ",").append(column.name);
  text += "\n";
  for (ResultRow const& row : document.rows) {
    char const* separator = "";
    for (Column const& column : result_columns()) {
      text.append(separator).append(csv_cell(cell_text(column.value(row))));
      separator = ",";
    }
    text += "\n";
  }
  return text;
}

}  // namespace dsgd
