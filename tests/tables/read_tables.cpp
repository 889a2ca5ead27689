// Reads many tables in one process: each line of the input is JSON with a table's path and the keys that are
// given, and is answered by a line with its values, workers and steps, or with the text of its refusal.
#include <cmath>
#include <cstdint>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "dsgd/error.hpp"
#include "table/read.hpp"

namespace {

using dsgd::table::Decimal;
using dsgd::table::Labels;
using dsgd::table::Missing;
using dsgd::table::Selection;
using dsgd::table::Table;
using nlohmann::json;

Selection selection_of(json const& request) {
  Selection wanted;
  wanted.column = request.value("column", "");
  wanted.columns = request.value("columns", "");
  wanted.worker = request.value("worker", "");
  wanted.step = request.value("step", "");
  wanted.skip = request.value("skip", std::uint64_t{0});
  for (json const& each : request.value("where", json::array()))
    wanted.where.push_back({each.at(0).get<std::string>(), each.at(1).get<std::string>()});
  if (request.value("missing", "") == "skip") wanted.missing = Missing::skip;
  if (request.contains("separator"))
    wanted.notation.separator = request["separator"].get_ref<std::string const&>().at(0);
  if (request.contains("decimal"))
    wanted.notation.decimal = request["decimal"] == "comma" ? Decimal::comma : Decimal::point;
  return wanted;
}

json texts_of(Labels const& labels) {
  json texts = json::array();
  for (auto const name : labels.of_row) texts.push_back(labels.names[name]);
  return texts;
}

json answer(json const& request) try {
  Table const table = dsgd::table::read_table(request.at("path").get<std::string>(), selection_of(request));
  json values = json::array();
  for (double const value : table.values) values.push_back(std::isnan(value) ? json(nullptr) : json(value));
  return {{"values", values},
          {"columns", table.columns},
          {"workers", texts_of(table.workers)},
          {"steps", texts_of(table.steps)}};
} catch (dsgd::Error const& error) {
  return {{"refused", error.what()}};
}

}  // namespace

int main() try {
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(json::parse(line)).dump() << '\n';
} catch (std::exception const& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
