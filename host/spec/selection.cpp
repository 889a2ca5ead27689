#include "spec/selection.hpp"

#include <string_view>

#include "table/refuse.hpp"
#include "text/nearest_name.hpp"
#include "text/split.hpp"

namespace dsgd {
namespace {

/// COLUMN=TEXT, with commas between them; a part without '=' continues the text before it.
std::vector<table::Condition> conditions(std::string const& text, table::Source const& source) {
  std::vector<table::Condition> found;
  if (text.empty()) return found;
  for (std::string_view const part : split(text, ',')) {
    std::size_t const equals = part.find('=');
    if (equals != std::string_view::npos && equals != 0)
      found.push_back({std::string(part.substr(0, equals)), std::string(part.substr(equals + 1))});
    else if (!found.empty())
      found.back().text.append(",").append(part);
    else
      table::refuse(source, "has no condition '" + std::string(part) + "'", "a condition is COLUMN=TEXT",
                    "write " + source.key("where") + "column=text");
  }
  return found;
}

table::Missing missing_of(TableKeys const& keys, table::Source const& source) {
  if (keys.missing == "refuse") return table::Missing::refuse;
  if (keys.missing == "skip") return table::Missing::skip;
  throw unknown_value(source.option_of("missing"), keys.missing, {"refuse", "skip"});
}

table::Notation notation_of(TableKeys const& keys, table::Source const& source) {
  table::Notation notation;
  if (keys.separator == "comma")
    notation.separator = ',';
  else if (keys.separator == "semicolon")
    notation.separator = ';';
  else if (keys.separator == "tab")
    notation.separator = '\t';
  else if (keys.separator == "space")
    notation.separator = ' ';
  else if (keys.separator != "auto")
    throw unknown_value(source.option_of("separator"), keys.separator,
                        {"auto", "comma", "semicolon", "tab", "space"});
  if (keys.decimal == "point")
    notation.decimal = table::Decimal::point;
  else if (keys.decimal == "comma")
    notation.decimal = table::Decimal::comma;
  else if (keys.decimal != "auto")
    throw unknown_value(source.option_of("decimal"), keys.decimal, {"auto", "point", "comma"});
  return notation;
}

}  // namespace

table::Selection selection_of(TableKeys const& keys, table::Source const& source) {
  if (!keys.columns.empty() && !(keys.column.empty() && keys.worker.empty() && keys.step.empty()))
    table::refuse(source,
                  "is asked for " + source.name_of("columns") + " and for " + source.name_of("column") +
                      ", " + source.name_of("worker") + " or " + source.name_of("step"),
                  "a wide table has a column per worker",
                  "leave out " + source.name_of("columns") + ", or the others");
  table::Selection selection;
  selection.column = keys.column;
  selection.worker = keys.worker;
  selection.step = keys.step;
  selection.columns = keys.columns;
  selection.where = conditions(keys.where, source);
  selection.skip = keys.skip;
  selection.missing = missing_of(keys, source);
  selection.notation = notation_of(keys, source);
  return selection;
}

std::string where_text(std::vector<table::Condition> const& conditions) {
  std::string text;
  for (table::Condition const& condition : conditions)
    text.append(text.empty() ? "" : ",").append(condition.column).append("=").append(condition.text);
  return text;
}

}  // namespace dsgd
