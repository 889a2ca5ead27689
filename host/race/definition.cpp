#include "race/definition.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <variant>

#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

/// Cost of a job in steps of StopCheck: it takes as long as some hundred instructions.
constexpr std::uint64_t steps_of_a_job = 64;

struct Arrival {
  double time;
  std::uint32_t worker;
  // The check takes the 0 of a comparison for a null pointer. NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(Arrival const&, Arrival const&) = default;
};

/// What becomes of a round in which all begin together.
struct Round {
  double end;
  std::uint64_t arrived;  ///< workers whose gradients enter: the first ones
};

class Replication {
 public:
  Replication(RaceTask const& task, std::uint64_t number, RaceSummary& summary, StopCheck& stop)
      : task_(task),
        model_(task.point.model),
        number_(number),
        summary_(summary),
        stop_(stop),
        workers_(static_cast<std::uint32_t>(task.point.workers())),
        w_(model_.curvatures.size(), model_.start) {
    if (task.point.fleet.replay()) find_first_step();
  }

  void run() {
    look_for_target(0);
    std::visit([this](auto const& form) { follow(form); }, task_.form);
    ++summary_.replications;
  }

 private:
  /// The first measured step, as clocks draw it.
  void find_first_step() {
    auto const [iteration, index] = job_address(number_, workers_, std::uint64_t{start_block} * 4);
    std::uint32_t const word =
        word_block(task_.jobs, iteration, static_cast<std::uint32_t>(index / 4)).word[0];
    first_step_ = std::uint64_t{word} * task_.point.fleet.replay()->steps() >> 32;
  }

  RacedGroup const& group_of(std::uint32_t worker) const {
    if (task_.groups.size() == 1) return task_.groups.front();
    return *std::upper_bound(
        task_.groups.begin(), task_.groups.end(), worker,
        [](std::uint64_t number, RacedGroup const& group) { return number < group.end; });
  }

  /// When a job ends that begins at a time.
  double end_of_job(double begin, std::uint32_t worker, std::uint64_t job) {
    stop_(steps_of_a_job);
    RacedGroup const& own = group_of(worker);
    return begin + task_.scale * (own.origin + static_cast<double>(excess(own, worker, job)));
  }

  float excess(RacedGroup const& own, std::uint32_t worker, std::uint64_t job) const {
    if (Replay const* const replay = task_.point.fleet.replay().get())
      return replay->excess(worker, (first_step_ + job) % replay->steps());
    auto const [iteration, index] = job_address(number_, worker, job);
    return drawn_excess(own, iteration, index);
  }

  float drawn_excess(RacedGroup const& own, std::uint64_t iteration, std::uint64_t index) const {
    std::uint32_t const k = draw_word(task_.jobs, iteration, index);
    std::uint32_t const t = tail_word(task_.jobs, iteration, k);
    return std::visit([&](auto const& law) { return law.excess(k, t); }, own.law);
  }

  /// Measures what is to be measured before the next update of the server.
  /// @return false where nothing is left to measure
  bool measure_until(double time) {
    RaceMeasures const& measures = task_.measures;
    while (next_time_ < measures.times.size() && measures.times[next_time_] < time)
      add_to(summary_.at_times[next_time_++]);
    std::uint64_t const next = progress_.updates + updates_at_once(task_.form);
    while (next_update_ < measures.updates.size() && measures.updates[next_update_] < next)
      add_to(summary_.after_updates[next_update_++]);
    return next_time_ < measures.times.size() || next_update_ < measures.updates.size();
  }

  void add_to(RaceCheckpoint& checkpoint) const {
    checkpoint.add(to_quanta(model_.error(w_.data()), task_.error_exponent), progress_);
  }

  void look_for_target(double time) {
    if (!task_.measures.target || has_reached_ || time > task_.measures.times.back()) return;
    if (!(model_.error(w_.data()) <= *task_.measures.target)) return;
    has_reached_ = true;
    summary_.first_times.add(time, task_.time_exponent);
  }

  double normal(std::size_t direction) const {
    return normal_of_word(
        noise_word(task_.jobs.seed, number_, static_cast<std::uint32_t>(direction), served_));
  }

  /// @param entered  into the update
  void finish_update(double time, RaceProgress const& entered) {
    ++served_;
    progress_.updates += entered.updates;
    progress_.gradients += entered.gradients;
    progress_.staleness += entered.staleness;
    look_for_target(time);
  }

  /// Applies the gradients that were summed up, and begins a new sum.
  /// @param gradients  how many they are
  void update(double time, std::uint64_t gradients, std::uint64_t staleness = 0) {
    double const noise = noise_of_update(model_.noise, task_.point.learning_rate, gradients);
    for (std::size_t j = 0; j < w_.size(); ++j)
      w_[j] = updated(w_[j], std::exchange(sums_[j], 0.0), average_of(gradients), noise, normal(j));
    finish_update(time, {1, gradients, staleness});
  }

  /// Adds a worker's gradient of a model.
  void add_gradient(std::uint32_t worker, double const* model) {
    int const side = Quadratic::side(worker, workers_);
    for (std::size_t j = 0; j < w_.size(); ++j) sums_[j] += task_.directions[j].of(side).of(model[j]);
  }

  /// Follows updates at which all begin anew: those that have arrived by the end of a round enter.
  /// @param end_of_round  function of the round's begin and of the arrivals, which it puts into their order
  template <class EndOfRound>
  void follow_rounds(EndOfRound const& end_of_round) {
    std::vector<Arrival> arrivals(workers_);
    sums_.assign(w_.size(), 0.0);
    for (double time = 0;;) {
      for (std::uint32_t worker = 0; worker < workers_; ++worker)
        arrivals[worker] = {end_of_job(time, worker, served_), worker};
      Round const round = end_of_round(time, arrivals);
      time = round.end + task_.meeting;
      if (!measure_until(time)) return;
      if (takes_all_data(task_.point.strategy)) {
        for (std::size_t j = 0; j < w_.size(); ++j) sums_[j] = task_.directions[j].of_all.of(w_[j]);
        update(time, task_.gradients);
        continue;
      }
      for (std::size_t i = 0; i < round.arrived; ++i) add_gradient(arrivals[i].worker, w_.data());
      update(time, round.arrived);
    }
  }

  void follow(OrderStatistic const& statistic) {
    follow_rounds([&](double, std::vector<Arrival>& arrivals) { return first_of(arrivals, statistic.rank); });
  }

  static Round first_of(std::vector<Arrival>& arrivals, std::uint64_t rank) {
    std::partial_sort(arrivals.begin(), arrivals.begin() + static_cast<std::ptrdiff_t>(rank), arrivals.end());
    return {arrivals[rank - 1].time, rank};
  }

  void follow(Deadlined const& until) {
    follow_rounds([&](double begin, std::vector<Arrival>& arrivals) -> Round {
      std::sort(arrivals.begin(), arrivals.end());
      double const end =
          std::max(arrivals[until.rank - 1].time, std::min(begin + until.deadline, arrivals.back().time));
      auto const later = std::find_if(arrivals.begin(), arrivals.end(),
                                      [&](Arrival const& arrival) { return arrival.time > end; });
      return {end, static_cast<std::uint64_t>(later - arrivals.begin())};
    });
  }

  void follow(Copied const& form) {
    follow_rounds([&](double begin, std::vector<Arrival>& arrivals) {
      double const copies = copies_begin(form, begin, arrivals);
      for (Arrival& arrival : arrivals)
        arrival.time = std::min(arrival.time, end_of_copy(copies, arrival.worker));
      return first_of(arrivals, form.rank);
    });
  }

  /// When the copies of a round begin.
  static double copies_begin(Copied const& form, double begin, std::vector<Arrival> arrivals) {
    if (form.arrived == 0) return begin + form.after;
    std::sort(arrivals.begin(), arrivals.end());
    auto const arrived = static_cast<std::size_t>(form.arrived);
    double const slowest = arrivals[arrived - 1].time;
    double const usual =
        (arrivals[(arrived - 1) / 2].time - begin + (arrivals[arrived / 2].time - begin)) / 2;
    return std::max({begin + form.after, slowest, begin + form.factor * usual});
  }

  /// When the copy of a worker's job ends, which another worker runs.
  double end_of_copy(double begin, std::uint32_t worker) {
    stop_(steps_of_a_job);
    auto const [iteration, index] = job_address(number_, worker, served_);
    std::uint32_t other = worker;
    if (task_.groups.size() > 1) {  // of equal workers it does not matter who
      std::uint64_t const word = draw_word(task_.jobs, iteration, index + 8 * first_copy);
      other = static_cast<std::uint32_t>(word * (workers_ - 1) >> 32);
      if (other >= worker) ++other;
    }
    RacedGroup const& runner = group_of(other);
    float const excess = drawn_excess(runner, iteration, index + 4 * first_copy);
    return begin + task_.scale * (runner.origin + static_cast<double>(excess));
  }

  void follow(SlowestSum const& sum) {
    for (double time = 0;;) {
      double slowest = 0;
      for (std::uint32_t worker = 0; worker < workers_; ++worker) {
        double end = time;
        for (std::uint64_t step = 0; step < sum.steps; ++step)
          end = end_of_job(end, worker, served_ * sum.steps + step);
        slowest = std::max(slowest, end);
      }
      time = slowest + task_.meeting;
      if (!measure_until(time)) return;
      for (std::size_t j = 0; j < w_.size(); ++j) w_[j] = task_.rounds[j](w_[j], normal(j));
      finish_update(time, {sum.steps, std::uint64_t{sum.steps} * workers_, 0});
    }
  }

  void follow(SampledOrderStatistic const&) { DSGD_EXPECTS(false); }

  void follow(Clocks const& clocks) {
    sums_.assign(w_.size(), 0.0);
    jobs_.assign(workers_, 0);
    versions_.assign(workers_, 0);
    ended_.assign(workers_, 0);
    slowest_ = workers_;
    models_.resize(workers_ * w_.size());
    start_all(0);
    for (std::uint64_t staleness = 0;;) {  // of the gradients since the last update
      Arrival const arrival = pop();
      waiting_.push_back(arrival.worker);
      bool const is_update = waiting_.size() == clocks.gradients;
      double const time = arrival.time + (is_update ? task_.meeting : 0);
      if (is_update && !measure_until(time)) return;
      add_gradient(arrival.worker, models_.data() + arrival.worker * w_.size());
      staleness += served_ - versions_[arrival.worker];
      if (is_update) update(time, clocks.gradients, std::exchange(staleness, 0));
      std::visit([&](auto const& rule) { go_on(rule, {time, arrival.worker}, is_update); }, clocks.rule);
      if (is_update) waiting_.clear();
    }
  }

  /// Begins a worker's next job, with the model as it is.
  void start(std::uint32_t worker, double time) {
    versions_[worker] = served_;
    std::copy(w_.begin(), w_.end(), models_.begin() + static_cast<std::ptrdiff_t>(worker * w_.size()));
    queue_.push_back({end_of_job(time, worker, jobs_[worker]++), worker});
    std::push_heap(queue_.begin(), queue_.end(), std::greater{});
  }

  void start_all(double time) {
    queue_.clear();
    for (std::uint32_t worker = 0; worker < workers_; ++worker) start(worker, time);
  }

  Arrival pop() {
    std::pop_heap(queue_.begin(), queue_.end(), std::greater{});
    Arrival const arrival = queue_.back();
    queue_.pop_back();
    return arrival;
  }

  // Whoever the rule lets begin a job after an arrival begins it.

  template <CountedRule Rule>
  void go_on(Rule const&, Arrival const& arrival, bool is_update) {
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

  /// Rounds are followed by follow_rounds(): race_form() has none of this rule.
  void go_on(clock_rule::Rounds const&, Arrival const&, bool) { DSGD_EXPECTS(false); }

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

  RaceTask const& task_;
  Quadratic const& model_;
  std::uint64_t number_;
  RaceSummary& summary_;
  StopCheck& stop_;
  std::uint32_t workers_;
  std::vector<double> w_;     ///< the model, one per direction
  std::vector<double> sums_;  ///< of the gradients since the last update, one per direction
  RaceProgress progress_;
  std::uint64_t served_ = 0;                     ///< updates of the server
  std::size_t next_time_ = 0, next_update_ = 0;  ///< that are to be measured
  bool has_reached_ = false;                     ///< the target
  std::uint64_t first_step_ = 0;                 ///< of those that are replayed, from 0

  // Where clocks are followed:
  std::vector<Arrival> queue_;           ///< a heap, whose front is the earliest
  std::vector<std::uint64_t> jobs_;      ///< begun, per worker
  std::vector<std::uint64_t> versions_;  ///< updates that a worker's model had seen
  std::vector<double> models_;           ///< [worker, direction], of which gradients are computed
  std::vector<std::uint32_t> waiting_;   ///< who has arrived since the last update
  std::vector<std::uint64_t> ended_;     ///< jobs, per worker
  std::vector<std::uint32_t> ahead_;     ///< workers that wait for the slowest
  std::uint64_t least_ended_ = 0,
                slowest_ = 0;  ///< the fewest jobs that a worker has ended, and how many have
};

}  // namespace

void add_race(RaceTask const& task, std::uint64_t replication, RaceSummary& summary, StopCheck& stop) {
  Replication(task, replication, summary, stop).run();
}

}  // namespace dsgd
