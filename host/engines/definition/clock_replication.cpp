#include "engines/definition/clock_replication.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "engines/definition/clock_starts.hpp"

namespace dsgd {
namespace {

class Replication {
 public:
  Replication(Stream stream, std::uint64_t number, Observable const& observable, Summary& summary,
              StopCheck& stop)
      : stream_(stream),
        number_(number),
        observable_(observable),
        rule_(std::get<Clocks>(observable.runtime).rule),
        gradients_(std::get<Clocks>(observable.runtime).gradients),
        head_start_(head_start_ticks(observable)),
        summary_(summary),
        stop_(stop),
        jobs_(observable.workers()),
        models_(observable.workers()),
        ended_(observable.workers()),
        slowest_(observable.workers()) {}

  void run() {
    ClockPlan const& plan = observable_.plan;
    uint128 window_start = 0, last_update = 0;
    std::uint64_t warm_up = plan.warm_up;
    if (observable_.replay) warm_up += find_start();
    if (plan.under_way)
      start_under_way();
    else
      start_all(0);
    while (updates_ < warm_up + plan.updates) {
      Arrival const arrival = pop();
      waiting_.push_back({arrival.worker, models_[arrival.worker]});
      bool const update = waiting_.size() == gradients_;
      if (update) {
        if (updates_ == warm_up) window_start = last_update;
        // The quantum keeps a runtime of delays that happen below 2^62 ticks; see delays_in_a_row().
        if (updates_ >= warm_up) count_update(static_cast<std::uint64_t>(arrival.time - last_update));
        ++updates_;
        last_update = arrival.time;
      }
      go_on(arrival, update);
      if (update) waiting_.clear();
    }
    WideUnsigned<2> const window = widen<2>(last_update - window_start);
    ++summary_.clocks.replications;
    summary_.clocks.squared_windows += multiply(window, window);
  }

 private:
  /// Cost of a job in steps of StopCheck: it takes as long as some hundred instructions.
  static constexpr std::uint64_t steps_of_a_job = 64;

  struct Arrival {
    uint128 time;  ///< ticks since the start
    std::uint32_t worker;
    // The check takes the 0 of a comparison for a null pointer. NOLINTNEXTLINE(modernize-use-nullptr)
    friend auto operator<=>(Arrival const&, Arrival const&) = default;
  };

  struct Gradient {
    std::uint32_t worker;
    std::uint64_t model;  ///< updates that its model had seen
  };

  /// Starts all workers in the middle of their first jobs.
  void start_under_way() {
    std::vector<std::uint64_t> ticks(observable_.workers());
    find_first_arrivals(stream_, number_, observable_, ticks);
    for (std::uint32_t worker = 0; worker < observable_.workers(); ++worker) {
      jobs_[worker] = 1;
      arrive(ticks[worker], worker);
    }
  }

  /// Draws the first measured step, and how many updates more are discarded. Where workers hardly vary, what
  /// a window of a fixed number of updates measures depends on where it begins; this averages over it.
  /// @return updates that are discarded beyond the plan's warm-up; 0 where every update restarts all workers
  std::uint64_t find_start() {
    auto const [iteration, index] = job_address(number_, static_cast<std::uint32_t>(observable_.workers()),
                                                std::uint64_t{start_block} * 4);
    PhiloxBlock const words = word_block(stream_, iteration, static_cast<std::uint32_t>(index / 4));
    first_step_ = std::uint64_t{words.word[0]} * observable_.replay->steps() >> 32;
    std::uint64_t const most =
        all_restart(rule_) ? 0 : std::min<std::uint64_t>(observable_.plan.updates, 65536);
    return std::uint64_t{words.word[1]} * most >> 32;
  }

  /// Begins a worker's next job, with the model of the last update.
  void start(std::uint32_t worker, uint128 time) {
    stop_(steps_of_a_job);
    models_[worker] = updates_;
    arrive(time + ticks_of_job(worker, jobs_[worker]++), worker);
  }

  std::uint64_t ticks_of_job(std::uint32_t worker, std::uint64_t job) const {
    ObservedGroup const& own = group_of(observable_, worker);
    if (Replay const* const replay = observable_.replay.get()) {
      float const excess = replay->excess(worker, (first_step_ + job) % replay->steps());
      return own.offset_ticks + to_ticks(excess, observable_.quantum_exponent);
    }
    auto const [iteration, index] = job_address(number_, worker, job);
    std::uint32_t const k = draw_word(stream_, iteration, index);
    std::uint32_t const t = tail_word(stream_, iteration, k);
    return delay_ticks(own, {k, t}, observable_.quantum_exponent);
  }

  void arrive(uint128 time, std::uint32_t worker) {
    queue_.push_back({time, worker});
    std::push_heap(queue_.begin(), queue_.end(), std::greater{});
  }

  void start_all(uint128 time) {
    queue_.clear();
    for (std::uint32_t worker = 0; worker < observable_.workers(); ++worker)
      start(worker, time - head_start_);  // may wrap around, and does so again with the delay
  }

  Arrival pop() {
    std::pop_heap(queue_.begin(), queue_.end(), std::greater{});
    Arrival const arrival = queue_.back();
    queue_.pop_back();
    return arrival;
  }

  /// Begins the jobs that the rule lets begin after an arrival.
  /// @param update  true where the arrival brings about an update
  void go_on(Arrival const& arrival, bool update) {
    std::visit([&](auto const& rule) { go_on(rule, arrival, update); }, rule_);
  }

  template <CountedRule Rule>
  void go_on(Rule const&, Arrival const& arrival, bool update) {
    switch (Rule::next_job) {
      case NextJob::at_once:
        return start(arrival.worker, arrival.time);
      case NextJob::at_update:
        if (update)
          for (Gradient const& gradient : waiting_) start(gradient.worker, arrival.time);
        return;
      case NextJob::all_at_update:
        return update ? start_all(arrival.time) : start(arrival.worker, arrival.time);
    }
  }

  /// The slowest workers have ended least_ended_ jobs; those that wait, as many more as the rule lets them be
  /// ahead, and one.
  void go_on(clock_rule::BoundedStaleness const& rule, Arrival const& arrival, bool) {
    std::uint64_t const ended = ++ended_[arrival.worker];
    if (ended - least_ended_ <= rule.staleness) {
      start(arrival.worker, arrival.time);
    } else {
      ahead_.push_back(arrival.worker);
    }
    if (ended == least_ended_ + 1 && --slowest_ == 0) {
      ++least_ended_;
      slowest_ = static_cast<std::uint64_t>(std::count(ended_.begin(), ended_.end(), least_ended_));
      for (std::uint32_t const worker : std::exchange(ahead_, {})) start(worker, arrival.time);
    }
  }

  void count_update(std::uint64_t ticks) {
    float const time = time_of(ticks, observable_.quantum_exponent);
    summary_.add_ticks(ticks, time);
    if (observable_.histogram) summary_.histogram.add_above(observable_.histogram_origin, time);
    for (Gradient const& gradient : waiting_) {
      std::uint64_t const staleness = updates_ - gradient.model;
      summary_.clocks.staleness += staleness;
      ++summary_.clocks.gradients;
      summary_.clocks.stalenesses.add(static_cast<float>(staleness));
    }
  }

  Stream stream_;
  std::uint64_t number_;
  Observable const& observable_;
  ClockRule rule_;
  std::uint64_t gradients_;
  std::uint64_t head_start_;
  Summary& summary_;
  StopCheck& stop_;
  std::vector<Arrival> queue_;                ///< a heap, whose front is the earliest
  std::vector<std::uint64_t> jobs_, models_;  ///< per worker: jobs begun, and updates before the last began
  std::vector<Gradient> waiting_;             ///< gradients that arrived since the last update
  std::vector<std::uint64_t> ended_;          ///< jobs, per worker, since the start
  std::vector<std::uint32_t> ahead_;          ///< workers that wait for the slowest
  std::uint64_t least_ended_ = 0, slowest_;   ///< the fewest jobs that a worker has ended, and how many have
  std::uint64_t updates_ = 0;
  std::uint64_t first_step_ = 0;  ///< of those that are replayed, from 0
};

}  // namespace

void add_replication(Stream stream, std::uint64_t replication, Observable const& observable, Summary& summary,
                     StopCheck& stop) {
  DSGD_EXPECTS(std::holds_alternative<Clocks>(observable.runtime));
  Replication(stream, replication, observable, summary, stop).run();
}

}  // namespace dsgd
