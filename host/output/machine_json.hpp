/// What documents that are no sweeps say of their build and machine.
#pragma once

#include <nlohmann/json.hpp>

#include "output/document.hpp"

namespace dsgd {

inline nlohmann::ordered_json machine_json(Provenance const& provenance) {
  return {{"argv", provenance.argv},         {"version", provenance.version}, {"commit", provenance.commit},
          {"compiler", provenance.compiler}, {"host", provenance.host},       {"start", provenance.start}};
}

}  // namespace dsgd
