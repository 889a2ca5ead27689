/// What the JSON documents of sweep, bench and plan have in common.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "output/document.hpp"

namespace dsgd {

using Json = nlohmann::ordered_json;

/// The text of a document, or of a part of it. A command line may hold bytes that are no UTF-8.
/// @param indent  of each level, in spaces; -1: all in one line
inline std::string json_dump(Json const& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

inline Json or_null(std::string const& text) { return text.empty() ? Json(nullptr) : Json(text); }
inline Json or_null(std::optional<double> const& value) { return value ? Json(*value) : Json(nullptr); }

/// What documents that are no sweeps say of their build and machine.
inline Json machine_json(Provenance const& provenance) {
  return {{"argv", provenance.argv},         {"version", provenance.version}, {"commit", provenance.commit},
          {"compiler", provenance.compiler}, {"host", provenance.host},       {"start", provenance.start}};
}

}  // namespace dsgd
