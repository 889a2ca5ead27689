#include "engines/definition/clock_replication.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "engines/definition/arrivals.hpp"
#include "engines/definition/clock_starts.hpp"
#include "engines/definition/staleness_bound.hpp"

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
        is_slow_(observable.workers()) {
    if (auto const* const rule = std::get_if<clock_rule::BoundedStaleness>(&rule_))
      bound_.emplace(rule->staleness, observable.workers());
  }

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
      Arrival const arrival = queue_.pop();
      bool const served = arrival.worker == observable_.workers();
      if (!served) waiting_.push_back({arrival.worker, models_[arrival.worker]});
      if (!served && waiting_.size() < gradients_) {
        go_on(arrival, false);
        continue;
      }
      if (!served && observable_.server) {
        enter_server(arrival);
        continue;
      }
      if (served) {
        leave_server(arrival.time);
      } else {
        update_.last = arrival;
        update_.gradients.swap(waiting_);
        waiting_.clear();
      }
      if (updates_ == warm_up) window_start = last_update;
      // The quantum keeps a runtime of delays that happen below 2^62 ticks; see delays_in_a_row().
      if (updates_ >= warm_up) count_update(static_cast<std::uint64_t>(arrival.time - last_update));
      ++updates_;
      last_update = arrival.time;
      go_on({arrival.time, update_.last.worker}, true);
    }
    WideUnsigned<2> const window = widen<2>(last_update - window_start);
    ++summary_.clocks.replications;
    summary_.clocks.squared_windows += multiply(window, window);
  }

 private:
  /// Cost of a job in steps of StopCheck: it takes as long as some hundred instructions.
  static constexpr std::uint64_t steps_of_a_job = 64;

  using Arrival = dsgd::Arrival<uint128>;  ///< ticks since the start

  struct Gradient {
    std::uint32_t worker;
    std::uint64_t model;  ///< updates that its model had seen
  };

  /// An update, or a batch of gradients that is to become one.
  struct Update {
    Arrival last;  ///< what completed it
    std::vector<Gradient> gradients;
  };

  /// Takes what has arrived to the server, one update after the other. Where an update restarts all workers, they are
  /// cancelled now.
  void enter_server(Arrival const& last) {
    if (all_restart(rule_)) queue_.clear();
    in_line_.push_back({last, std::exchange(waiting_, {})});
    if (in_line_.size() == 1) serve(last.time);
  }

  void serve(uint128 time) {
    auto const server = static_cast<std::uint32_t>(observable_.workers());
    queue_.push({time + ticks_of_delay(*observable_.server, server, served_++), server});
  }

  void leave_server(uint128 time) {
    update_ = std::move(in_line_.front());
    in_line_.pop_front();
    if (!in_line_.empty()) serve(time);
  }

  /// Starts all workers in the middle of their first jobs.
  void start_under_way() {
    std::vector<std::uint64_t> ticks(observable_.workers());
    find_first_arrivals(stream_, number_, observable_, ticks);
    for (std::uint32_t worker = 0; worker < observable_.workers(); ++worker) {
      jobs_[worker] = 1;
      queue_.push({ticks[worker], worker});
    }
  }

  /// Draws the first measured step, and how many updates are discarded beyond the plan's warm-up: this number is returned.
  std::uint64_t find_start() {
    auto const [iteration, index] = job_address(number_, static_cast<std::uint32_t>(observable_.workers()),
                                                std::uint64_t{start_block} * 4);
    PhiloxBlock const words = word_block(stream_, iteration, static_cast<std::uint32_t>(index / 4));
    first_step_ = std::uint64_t{words.word[0]} * observable_.replay->steps() >> 32;
    std::uint64_t const most =
        most_discarded_updates(std::get<Clocks>(observable_.runtime), observable_.plan);
    return std::uint64_t{words.word[1]} * most >> 32;
  }

  /// Begins a worker's next job, with the model of the last update.
  void start(std::uint32_t worker, uint128 time) {
    stop_(steps_of_a_job);
    models_[worker] = updates_;
    queue_.push({time + ticks_of_job(worker, jobs_[worker]++), worker});
  }

  std::uint64_t ticks_of_job(std::uint32_t worker, std::uint64_t job) {
    ObservedGroup const& own = group_of(observable_, worker);
    if (Replay const* const replay = observable_.replay.get()) {
      float const excess = replay->excess(worker, (first_step_ + job) % replay->steps());
      return own.offset_ticks + to_ticks(excess, observable_.quantum_exponent);
    }
    return ticks_of_delay(own, worker, job, observable_.stragglers && is_slow(worker, job));
  }

  /// @param worker  or the server, whose number is that of the workers
  std::uint64_t ticks_of_delay(ObservedGroup const& own, std::uint32_t worker, std::uint64_t job,
                               bool slow = false) const {
    auto const [iteration, index] = job_address(number_, worker, job);
    std::uint32_t const k = draw_word(stream_, iteration, index);
    DelayWords const words{k, tail_word(stream_, iteration, k)};
    if (!slow) return delay_ticks(own, words, observable_.quantum_exponent);
    float const excess = std::visit([&](auto const& law) { return law.excess(words.k, words.t); }, own.law);
    return slow_ticks(own, excess, observable_.stragglers->factor, observable_.quantum_exponent);
  }

  /// Finds the state of a worker's job, which begins after all before it.
  bool is_slow(std::uint32_t worker, std::uint64_t job) {
    auto const [iteration, index] = state_address(number_, worker, job);
    bool const was_slow = is_slow_[worker] != 0;
    bool const slow =
        observable_.stragglers->is_slow(draw_word(stream_, iteration, index), job == 0, was_slow);
    is_slow_[worker] = slow ? 1 : 0;
    return slow;
  }

  void start_all(uint128 time) {
    queue_.clear();
    for (std::uint32_t worker = 0; worker < observable_.workers(); ++worker)
      start(worker, time - head_start_);  // may wrap around, and does so again with the delay
  }

  /// Begins the jobs that the rule lets begin after an arrival, or after an update.
  /// @param arrival  of an update: the last of its workers, and when it came
  /// @param update   true where there is one: update_
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
          for (Gradient const& gradient : update_.gradients) start(gradient.worker, arrival.time);
        return;
      case NextJob::all_at_update:
        return update ? start_all(arrival.time) : start(arrival.worker, arrival.time);
    }
  }

  void go_on(clock_rule::Rounds, Arrival const& arrival, bool update) {
    if (update) start_all(arrival.time);
  }

  void go_on(clock_rule::BoundedStaleness const&, Arrival const& arrival, bool) {
    for (std::uint32_t const worker : bound_->end_job(arrival.worker)) start(worker, arrival.time);
  }

  void count_update(std::uint64_t ticks) {
    float const time = time_of(ticks, observable_.quantum_exponent);
    summary_.add_ticks(ticks, time);
    if (observable_.histogram) summary_.histogram.add_above(observable_.histogram_origin, time);
    for (Gradient const& gradient : update_.gradients) {
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
  ArrivalQueue<uint128> queue_;               ///< of workers, and of the server
  std::vector<std::uint64_t> jobs_, models_;  ///< per worker: jobs begun, and updates before the last began
  std::vector<std::uint8_t> is_slow_;         ///< per worker: was its last job?
  std::vector<Gradient> waiting_;             ///< gradients that arrived since the last update
  Update update_{};                           ///< the last one
  std::deque<Update> in_line_;                ///< at the server, the one that is served first
  std::uint64_t served_ = 0;                  ///< updates that the server has begun with
  std::optional<StalenessBound> bound_;       ///< where the rule is one
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
