/// Strategies whose workers all begin anew at every update, by the definition.
#pragma once

#include "dsgd/runtime.hpp"
#include "race/replication.hpp"

namespace dsgd {

/// Follows a replication until nothing is left to measure: every worker's n-th job begins at the n-th update.
/// @throws Stopped
void follow(OrderStatistic const& statistic, RaceReplication& replication);
void follow(Deadlined const& until, RaceReplication& replication);
void follow(Copied const& form, RaceReplication& replication);

/// Follows local SGD: every worker takes its steps one after the other, and then all meet.
/// @throws Stopped
void follow(SlowestSum const& sum, RaceReplication& replication);

}  // namespace dsgd
