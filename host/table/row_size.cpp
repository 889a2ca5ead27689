#include "table/row_size.hpp"

#include <cstddef>
#include <string>

#include "table/cell.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"

namespace dsgd::table {

void refuse_row_size(Source const& source, Row const& row, Fields const& fields, Column const& column,
                     std::uint64_t first_line) {
  std::string const sizes = line_name(row) + " has " + counted(fields.size(), "field") + " where line " +
                            std::to_string(first_line) + " has " + std::to_string(column.fields);
  if (fields.size() < column.fields)
    refuse(source, sizes, "every row needs them all", "add what is missing, or delete the row");
  if (column.separator == ',')
    for (std::size_t const first : {column.index, std::size_t{0}})
      for (std::size_t i = first; i + 1 < fields.size(); ++i) {
        std::string const joined = std::string(fields[i]) + "," + std::string(fields[i + 1]);
        if (auto const plain = without_commas(joined))
          refuse(source, sizes, "is '" + excerpt(joined, shown_bytes) + "' one number?",
                 "write it as " + *plain + ", and put text that holds commas in quotes");
      }
  refuse(source, sizes, "there is a separator too many", "remove it, or put text that holds it in quotes");
}

}  // namespace dsgd::table
