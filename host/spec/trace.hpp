/// Laws whose delays are measured: the parts of a table (table/read.hpp) that a spec names.
#pragma once

#include <string>
#include <vector>

#include "dsgd/fleet.hpp"
#include "dsgd/law/empirical.hpp"
#include "dsgd/law/replay.hpp"
#include "spec/fill.hpp"

namespace dsgd {

/// Steps are replayed where columns tell workers and steps apart: what `empirical` may leave out.
template <>
inline std::string form<Replay>() {
  return "replay:file=[:column=]:worker=:step=[:sha256=]";
}

/// The workers of a law's table, each with a law of its own. @pre law.tells_workers_apart()
std::vector<FleetGroup> measured_workers(Empirical const& law);

}  // namespace dsgd
