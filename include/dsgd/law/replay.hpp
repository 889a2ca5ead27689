#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/expects.hpp"
#include "dsgd/law/empirical.hpp"
#include "dsgd/law/table_keys.hpp"
#include "dsgd/parameter.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// Measured steps, each with the times of all its workers. It is no law of one worker but of a fleet, whose
/// workers are slow and fast together as they were when they were measured.
///
/// Order statistics and sums: every measured step is equally likely, and an iteration takes the runtime of
/// one. Local SGD takes as many steps in a row as a round has, from any of them on. A runtime is then a
/// function of the step alone, and has the empirical law of these functions: a draw of worker 0 with the
/// probability u of a longer one takes the runtime of rank 1 + floor((1 - u) steps).
///
/// Clocks: a worker's n-th job takes its time of step (start + n) mod steps. The start is drawn for each
/// replication, common to all workers.
struct Replay : TableKeys {
  static constexpr std::string_view name = "replay";
  static constexpr std::string_view meaning =
      "whole measured steps, with the times of all their workers; in the measured order on clocks";

  static constexpr auto parameters() {
    return std::tuple_cat(file_parameters(),
                          std::make_tuple(Parameter{"step", &TableKeys::step, 0, 0,
                                                    "column that tells steps apart", Presence::implied}),
                          row_parameters());
  }

  /// @param times  [step, worker], in [0, 1e36], time units; two steps or more, 2^32 - 1 at most
  void set_times(std::size_t workers, std::vector<double> times) {
    DSGD_EXPECTS(workers >= 1 && times.size() % workers == 0 && times.size() >= 2 * workers);
    DSGD_EXPECTS(times.size() / workers <= 0xffffffff);
    workers_ = workers;
    worker_names_.clear();
    times_ = std::move(times);
    laws_.clear();
    for (std::size_t worker = 0; worker < workers; ++worker) {
      std::vector<double> own;
      for (std::size_t at = worker; at < times_.size(); at += workers) own.push_back(times_[at]);
      laws_.emplace_back().set_values(std::move(own));
    }
  }

  /// What the table calls its workers, in their order. @pre one of each worker
  void set_worker_names(std::vector<std::string> names) {
    DSGD_EXPECTS(names.size() == workers_);
    worker_names_ = std::move(names);
  }
  /// What people know a worker by: its number from 1 on where the table has no names. @pre worker < workers()
  std::string worker_name(std::size_t worker) const {
    return worker_names_.empty() ? std::to_string(worker + 1) : worker_names_[worker];
  }

  std::size_t workers() const { return workers_; }
  std::uint32_t steps() const { return static_cast<std::uint32_t>(times_.size() / workers_); }

  /// What a worker's times are like alone.
  Empirical const& law(std::size_t worker) const { return laws_[worker]; }

  /// A worker's time in a step, time units. @pre worker < workers(), step < steps()
  double time(std::size_t worker, std::size_t step) const { return times_[step * workers_ + worker]; }

  /// A worker's time in a step beyond the origin of its law, time units. @pre worker < workers(), step < steps()
  float excess(std::size_t worker, std::size_t step) const {
    return to_excess(time(worker, step) - laws_[worker].origin());
  }

  /// True where a step's times tell its runtime: not where they go on from step to step, nor where some are drawn
  /// once more.
  static bool knows_runtimes(Runtime const& form) {
    return !std::holds_alternative<Clocks>(form) && !std::holds_alternative<Copied>(form);
  }

  /// The runtime of each step in their order; where steps are summed up, the mean of the round that begins at
  /// it, time units.
  /// @pre knows_runtimes(form); a rank is at most workers()
  std::vector<double> runtimes(Runtime const& form) const {
    auto const* const sum = std::get_if<SlowestSum>(&form);
    if (sum != nullptr) return means_of_rounds(sum->steps);
    if (auto const* const until = std::get_if<Deadlined>(&form)) return times_until(*until);
    return times_of_rank(static_cast<std::size_t>(std::get<OrderStatistic>(form).rank));
  }

  /// The law of a step's runtime, or of the mean of a round. @pre as runtimes()
  Empirical law_of_runtime(Runtime const& form) const {
    Empirical law;
    law.set_values(runtimes(form));
    return law;
  }

 private:
  std::vector<double> times_of_rank(std::size_t rank) const {
    std::vector<double> found, step(workers_);
    found.reserve(steps());
    for (auto begin = times_.begin(); begin != times_.end();) {
      auto const end = begin + static_cast<std::ptrdiff_t>(workers_);
      std::copy(begin, end, step.begin());
      auto const at = step.begin() + static_cast<std::ptrdiff_t>(rank - 1);
      std::nth_element(step.begin(), at, step.end());
      found.push_back(*at);
      begin = end;
    }
    return found;
  }

  std::vector<double> times_until(Deadlined const& until) const {
    std::vector<double> found = times_of_rank(static_cast<std::size_t>(until.rank));
    std::vector<double> const slowest = times_of_rank(workers_);
    for (std::size_t step = 0; step < found.size(); ++step)
      found[step] = std::max(found[step], std::min(until.deadline, slowest[step]));
    return found;
  }

  /// A sum whose rounding is kept apart, so that a difference of two is as exact as a sum of few.
  struct Total {
    double high = 0, low = 0;

    void add(double value) {
      double const sum = high + value, of_value = sum - high;
      low += (high - (sum - of_value)) + (value - of_value);  // Knuth's TwoSum
      high = sum;
    }
    double since(Total const& before) const { return (high - before.high) + (low - before.low); }
  };

  /// A round begins at any step and goes on at the first after the last.
  std::vector<double> means_of_rounds(std::uint32_t length) const {
    std::size_t const count = steps(), turns = length / count, rest = length % count;
    std::vector<double> slowest(count);
    std::vector<Total> until(2 * count);  // [n]: of a worker's first n times, twice around
    for (std::size_t worker = 0; worker < workers_; ++worker) {
      for (std::size_t n = 1; n < until.size(); ++n) {
        until[n] = until[n - 1];
        until[n].add(times_[(n - 1) % count * workers_ + worker]);
      }
      double const all_turns = static_cast<double>(turns) * until[count].since({});
      for (std::size_t start = 0; start < count; ++start) {
        double const sum = all_turns + until[start + rest].since(until[start]);
        slowest[start] = std::max(slowest[start], sum / length);
      }
    }
    return slowest;
  }

  std::size_t workers_ = 1;
  std::vector<std::string> worker_names_;  ///< empty where they have none
  std::vector<double> times_;              ///< [step, worker]
  std::vector<Empirical> laws_;            ///< per worker
};

/// Reads the times of a table, and makes its parameters canonical. Declared beside it, so that whoever fills
/// it in from a spec finds it (host/spec/fill.hpp).
/// @throws Error as for Empirical, and where no columns tell workers and steps apart or steps are incomplete
void complete(Replay& replay);

}  // namespace dsgd
