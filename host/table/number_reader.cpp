#include "table/number_reader.hpp"

#include <limits>
#include <string>

#include "text/plain_text.hpp"

namespace dsgd::table {

double NumberReader::read(std::string_view field, Row const& row, Column const& column) {
  if (has_points_alone()) return delay_or_nan(field);
  if (field.find(',') == std::string_view::npos) {
    if (field.find('.') == std::string_view::npos) return delay_or_nan(field);
    if (decimal_ || has_comma_) refuse_mixture(field, row, column);
    has_point_ = true;
    return delay_or_nan(field);
  }
  std::optional<std::string> const number = with_point(field);
  if (!number || (!decimal_ && may_be_thousands(field))) return std::numeric_limits<double>::quiet_NaN();
  if (has_point_) refuse_mixture(field, row, column);
  has_comma_ = true;
  return delay_or_nan(*number);
}

void NumberReader::refuse_mixture(std::string_view field, Row const& row, Column const& column) const {
  refuse(source_,
         line_name(row) + ", column " + column.name + ": '" + excerpt(field, shown_bytes) +
             "' has another decimal than the numbers before it",
         "a point and a comma cannot both be decimals",
         "write all numbers alike, or give " + source_.key("decimal") + "point or comma");
}

}  // namespace dsgd::table
