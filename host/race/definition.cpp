#include "race/definition.hpp"

#include <variant>

#include "dsgd/expects.hpp"
#include "race/clocks.hpp"
#include "race/replication.hpp"
#include "race/rounds.hpp"

namespace dsgd {
namespace {

/// Races have no order statistics that are themselves drawn: race_form() gives none.
void follow(SampledOrderStatistic const&, RaceReplication&) { DSGD_EXPECTS(false); }

}  // namespace

void add_race(RaceTask const& task, std::uint64_t number, RaceSummary& summary, StopCheck& stop) {
  RaceReplication replication(task, number, summary, stop);
  std::visit([&](auto const& form) { follow(form, replication); }, task.form);
  ++summary.replications;
}

}  // namespace dsgd
