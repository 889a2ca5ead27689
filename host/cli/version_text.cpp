#include "cli/version_text.hpp"

#include "engines/table.hpp"
#include "output/provenance.hpp"
#include "ranks/messenger.hpp"

namespace dsgd {
namespace {

void append(std::string& list, std::string_view name) {
  if (!list.empty()) list += ", ";
  list += name;
}

}  // namespace

std::string version_text() {
  std::string usable, others;
  for (EngineRow const& row : engine_table()) append(row.problem().empty() ? usable : others, row.name);
  std::string text = version_line() + "\nengines: " + usable;
  if (!others.empty()) text += "; not here: " + others;
  text += "\nMPI: ";
  text += !mpi_version().empty() && ranks_problem().empty() ? "yes" : "no";
  return text + " ('dsgd devices' says more)";
}

}  // namespace dsgd
