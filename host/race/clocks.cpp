#include "race/clocks.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/expects.hpp"
#include "engines/definition/arrivals.hpp"
#include "engines/definition/staleness_bound.hpp"

namespace dsgd {
namespace {

class FollowedClocks {
 public:
  FollowedClocks(Clocks const& clocks, RaceReplication& replication)
      : clocks_(clocks),
        replication_(replication),
        directions_(replication.model().size()),
        jobs_(replication.workers()),
        versions_(replication.workers()),
        models_(replication.workers() * directions_) {
    if (auto const* const rule = std::get_if<clock_rule::BoundedStaleness>(&clocks.rule))
      bound_.emplace(rule->staleness, replication.workers());
  }

  void operator()() {
    start_all(0);
    for (std::uint64_t staleness = 0;;) {  // of the gradients since the last update
      Arrival<double> arrival = queue_.pop();
      waiting_.push_back(arrival.worker);
      bool const is_update = waiting_.size() == clocks_.gradients;
      if (is_update) arrival.time += replication_.task().meeting;
      if (is_update && !replication_.measure_until(arrival.time)) return;
      replication_.add_gradient(arrival.worker, models_.data() + arrival.worker * directions_);
      staleness += replication_.served() - versions_[arrival.worker];
      if (is_update) replication_.update(arrival.time, clocks_.gradients, std::exchange(staleness, 0));
      std::visit([&](auto const& rule) { go_on(rule, arrival, is_update); }, clocks_.rule);
      if (is_update) waiting_.clear();
    }
  }

 private:
  /// Begins a worker's next job, with the model as it is.
  void start(std::uint32_t worker, double time) {
    versions_[worker] = replication_.served();
    std::copy(replication_.model().begin(), replication_.model().end(),
              models_.begin() + static_cast<std::ptrdiff_t>(worker * directions_));
    queue_.push({replication_.end_of_job(time, worker, jobs_[worker]++), worker});
  }

  void start_all(double time) {
    queue_.clear();
    for (std::uint32_t worker = 0; worker < replication_.workers(); ++worker) start(worker, time);
  }

  // Whoever the rule lets begin a job after an arrival begins it.

  template <CountedRule Rule>
  void go_on(Rule const&, Arrival<double> const& arrival, bool is_update) {
    switch (Rule::next_job) {
      case NextJob::at_once:
        return start(arrival.worker, arrival.time);
      case NextJob::at_update:
        if (is_update)
          for (std::uint32_t const worker : waiting_) start(worker, arrival.time);
        return;
      case NextJob::all_at_update:
        return is_update ? start_all(arrival.time) : start(arrival.worker, arrival.time);
    }
  }

  /// Rounds are order statistics: race_form() has none of this rule.
  void go_on(clock_rule::Rounds const&, Arrival<double> const&, bool) { DSGD_EXPECTS(false); }

  void go_on(clock_rule::BoundedStaleness const&, Arrival<double> const& arrival, bool) {
    for (std::uint32_t const worker : bound_->end_job(arrival.worker)) start(worker, arrival.time);
  }

  Clocks const& clocks_;
  RaceReplication& replication_;
  std::size_t directions_;
  ArrivalQueue<double> queue_;
  std::vector<std::uint64_t> jobs_;      ///< begun, per worker
  std::vector<std::uint64_t> versions_;  ///< updates that a worker's model had seen
  std::vector<double> models_;           ///< [worker, direction], of which gradients are computed
  std::vector<std::uint32_t> waiting_;   ///< who has arrived since the last update
  std::optional<StalenessBound> bound_;  ///< where the rule is one
};

}  // namespace

void follow(Clocks const& clocks, RaceReplication& replication) { FollowedClocks(clocks, replication)(); }

}  // namespace dsgd
