#include "race/rounds.hpp"

#include <algorithm>
#include <vector>

#include "engines/definition/arrivals.hpp"

namespace dsgd {
namespace {

using Arrivals = std::vector<Arrival<double>>;

/// What becomes of a round in which all begin together.
struct Round {
  double end;
  std::uint64_t entering;  ///< workers whose gradients enter: the first ones
};

/// Follows updates at which all begin anew.
/// @param end_of_round  function of the round's begin and of the arrivals, of which it puts those that enter
///                      first
template <class EndOfRound>
void follow_rounds(RaceReplication& replication, EndOfRound const& end_of_round) {
  RaceTask const& task = replication.task();
  Arrivals arrivals(replication.workers());
  for (double time = 0;;) {
    for (std::uint32_t worker = 0; worker < replication.workers(); ++worker)
      arrivals[worker] = {replication.end_of_job(time, worker, replication.served()), worker};
    Round const round = end_of_round(time, arrivals);
    time = round.end + task.meeting;
    if (!replication.measure_until(time)) return;
    if (takes_all_data(task.point.strategy)) {
      replication.update_by_all_data(time);
      continue;
    }
    for (std::size_t i = 0; i < round.entering; ++i)
      replication.add_gradient(arrivals[i].worker, replication.model().data());
    replication.update(time, round.entering, 0);
  }
}

Round first_of(Arrivals& arrivals, std::uint64_t rank) {
  std::partial_sort(arrivals.begin(), arrivals.begin() + static_cast<std::ptrdiff_t>(rank), arrivals.end());
  return {arrivals[rank - 1].time, rank};
}

/// When the copies of a round begin.
double copies_begin(Copied const& form, double begin, Arrivals arrivals) {
  if (form.arrived == 0) return begin + form.after;
  std::sort(arrivals.begin(), arrivals.end());
  auto const arrived = static_cast<std::size_t>(form.arrived);
  double const slowest = arrivals[arrived - 1].time;
  double const usual = (arrivals[(arrived - 1) / 2].time - begin + (arrivals[arrived / 2].time - begin)) / 2;
  return std::max({begin + form.after, slowest, begin + form.factor * usual});
}

}  // namespace

void follow(OrderStatistic const& statistic, RaceReplication& replication) {
  follow_rounds(replication, [&](double, Arrivals& arrivals) { return first_of(arrivals, statistic.rank); });
}

void follow(Deadlined const& until, RaceReplication& replication) {
  follow_rounds(replication, [&](double begin, Arrivals& arrivals) -> Round {
    std::sort(arrivals.begin(), arrivals.end());
    double const deadline = begin + until.deadline;
    auto const later = std::find_if(arrivals.begin(), arrivals.end(),
                                    [&](Arrival<double> const& arrival) { return arrival.time > deadline; });
    auto const in_time = static_cast<std::uint64_t>(later - arrivals.begin());
    // Who arrives together with the k-th after the deadline is cancelled, as under k-sync.
    return {std::max(arrivals[until.rank - 1].time, std::min(deadline, arrivals.back().time)),
            std::max(until.rank, in_time)};
  });
}

void follow(Copied const& form, RaceReplication& replication) {
  follow_rounds(replication, [&](double begin, Arrivals& arrivals) {
    double const copies = copies_begin(form, begin, arrivals);
    for (auto& [time, worker] : arrivals)
      time = std::min(time, replication.end_of_copy(copies, worker, replication.served()));
    return first_of(arrivals, form.rank);
  });
}

void follow(SlowestSum const& sum, RaceReplication& replication) {
  for (double time = 0;;) {
    double slowest = 0;
    for (std::uint32_t worker = 0; worker < replication.workers(); ++worker) {
      double end = time;
      for (std::uint64_t step = 0; step < sum.steps; ++step)
        end = replication.end_of_job(end, worker, replication.served() * sum.steps + step);
      slowest = std::max(slowest, end);
    }
    time = slowest + replication.task().meeting;
    if (!replication.measure_until(time)) return;
    replication.meet(time, sum.steps);
  }
}

}  // namespace dsgd
