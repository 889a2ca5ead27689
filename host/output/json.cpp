#include <nlohmann/json.hpp>

#include "output/columns.hpp"
#include "output/format.hpp"

namespace dsgd {
namespace {

using Json = nlohmann::ordered_json;

Json json_cell(Cell const& cell) {
  struct Value {
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(std::string const& text) const { return text; }
    Json operator()(std::uint64_t count) const { return count; }
    Json operator()(double number) const { return number; }
  };
  return std::visit(Value{}, cell);
}

Json text_or_null(std::string const& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json json_points(Document const& document) {
  Json points = Json::array();
  for (ResultRow const& row : document.rows) {
    Json point = Json::object();
    for (Column const& column : result_columns())
      point[std::string(column.name)] = json_cell(column.value(row));
    points.push_back(std::move(point));
  }
  return points;
}

Json json_run(Document const& document) {
  return {
      {"seed", std::to_string(document.seed)},  // as text: 64 bits do not fit into a double
      {"draws", draws_name(document.draws)},
      {"sampling", "workers"},
      {"complete", document.complete},
  };
}

Json json_provenance(Provenance const& provenance) {
  return {
      {"argv", provenance.argv},
      {"engine", provenance.engine},
      {"version", provenance.version},
      {"commit", text_or_null(provenance.commit)},
      {"compiler", provenance.compiler},
      {"cuda", text_or_null(provenance.cuda)},
      {"host", provenance.host},
      {"device", provenance.device},
      {"start", provenance.start},
      {"seconds", provenance.seconds},
      {"draws_per_second", provenance.draws_per_second},
  };
}

}  // namespace

std::string json_text(Document const& document) {
  Json const json = {
      {"schema", "dsgd.sweep/1"},
      {"points", json_points(document)},
      {"run", json_run(document)},
      {"provenance", json_provenance(document.provenance)},
  };
  // a command line may hold bytes that are no UTF-8
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace dsgd
