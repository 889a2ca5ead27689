#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <span>
#include <variant>
#include <vector>

#include "dsgd/expects.hpp"
#include "dsgd/point.hpp"

namespace dsgd::test {

/// What one update, or some in a row, took: the workers' time is `workers` times `time`.
struct Spent {
  double busy, discarded, time;
};

/// Plays the definitions of the strategies, worker by worker. A strategy without one does not compile.
class PlayedStrategy {
 public:
  explicit PlayedStrategy(Point const& point) : point_(point), random_(1) {}

  Spent operator()(Sync const&) { return fastest(m()); }
  Spent operator()(Fastest const&) { return fastest(1); }
  Spent operator()(KSync const& s) { return fastest(s.k.of(m())); }
  Spent operator()(Backup const& s) { return fastest(m() - s.spare.of(m())); }
  Spent operator()(GradientCoding const& s) { return fastest(m() - s.stragglers.of(m()), s.scale(m())); }
  Spent operator()(Deadline const& s) {
    std::vector<double> delays(m());
    for (std::uint64_t worker = 0; worker < m(); ++worker) delays[worker] = delay(worker);
    std::sort(delays.begin(), delays.end());
    double const end = std::max(delays[s.k.of(m()) - 1], std::min(s.time, delays.back()));
    Spent spent{0, 0, end + point_.communication};
    auto const in_time = static_cast<std::uint64_t>(
        std::count_if(delays.begin(), delays.end(), [&](double delay) { return delay <= s.time; }));
    std::uint64_t const entering =
        std::max(s.k.of(m()), in_time);  // and none that arrives together with the k-th
    for (std::uint64_t worker = 0; worker < m(); ++worker)
      (worker < entering ? spent.busy : spent.discarded) += std::min(delays[worker], end);
    return spent;
  }

  /// A copy takes the delay of another worker, and works from its time on until one of both has ended or the update
  /// comes.
  Spent operator()(Speculate const& s) {
    std::vector<double> own(m()), copy(m()), ends(m());
    for (std::uint64_t worker = 0; worker < m(); ++worker) {
      std::uint64_t const other = m() == 1 ? 0 : (worker + 1 + random_() % (m() - 1)) % m();
      own[worker] = delay(worker);
      copy[worker] = s.after + delay(other);
      ends[worker] = std::min(own[worker], copy[worker]);
    }
    std::vector<double> sorted = ends;
    std::sort(sorted.begin(), sorted.end());
    double const update = sorted[s.k.of(m()) - 1];
    Spent spent{0, 0, update + point_.communication};
    for (std::uint64_t worker = 0; worker < m(); ++worker) {
      double const end = std::min(ends[worker], update), of_copy = std::max(0.0, end - s.after);
      double const entering = ends[worker] > update ? 0 : own[worker] <= copy[worker] ? end : of_copy;
      spent.busy += entering;
      spent.discarded += end + of_copy - entering;
    }
    return spent;
  }

  Spent operator()(Async const&) { return going_on(1); }
  Spent operator()(KAsync const& s) { return going_on(s.k.of(m())); }
  Spent operator()(KBatchAsync const&) { return going_on(1); }  // whenever the updates are, all run

  /// A job begins when the own job before it has ended and the slowest's of number job - staleness - 1 has. Sixty
  /// jobs are left out: workers have then forgotten that they began together.
  Spent operator()(Ssp const& s) {
    constexpr std::size_t left_out = 60, jobs = 90;
    std::vector<double> slowest(jobs, 0), ended(m(), 0), began(m(), 0);
    Spent spent{0, 0, 0};
    for (std::size_t job = 0; job < jobs; ++job) {
      double const freed = job > s.staleness ? slowest[job - s.staleness - 1] : 0;
      for (std::uint64_t worker = 0; worker < m(); ++worker) {
        if (job == left_out) began[worker] = ended[worker];
        double const own = delay(worker);
        ended[worker] = std::max(ended[worker], freed) + own;
        slowest[job] = std::max(slowest[job], ended[worker]);
        if (job >= left_out) spent.busy += own;
      }
    }
    for (std::uint64_t worker = 0; worker < m(); ++worker)
      spent.time += (ended[worker] - began[worker]) / static_cast<double>(m());
    return spent;
  }

  Spent operator()(LocalSgd const& s) {
    Spent spent{0, 0, 0};
    for (std::uint64_t worker = 0; worker < m(); ++worker) {
      double sum = 0;
      for (std::uint32_t step = 0; step < s.steps; ++step) sum += delay(worker);
      spent.busy += sum;
      spent.time = std::max(spent.time, sum);
    }
    spent.time += point_.communication + s.communication;
    return spent;
  }

  Spent operator()(KBatchSync const& s) {
    std::vector<double> began(m(), 0), ends(m());
    for (std::uint64_t worker = 0; worker < m(); ++worker) ends[worker] = delay(worker);
    Spent spent{0, 0, 0};
    for (std::uint64_t arrival = 0; arrival < s.k.of(m()); ++arrival) {
      auto const worker = static_cast<std::size_t>(std::min_element(ends.begin(), ends.end()) - ends.begin());
      spent.time = ends[worker];
      spent.busy += ends[worker] - began[worker];
      began[worker] = spent.time;
      ends[worker] += delay(worker);
    }
    spent.discarded = static_cast<double>(m()) * spent.time - spent.busy;
    spent.time += point_.communication;
    return spent;
  }

 private:
  std::uint64_t m() const { return point_.workers(); }

  double delay(std::uint64_t worker) {
    std::span<FleetGroup const> groups = point_.fleet.groups();
    for (; worker >= groups.front().workers; groups = groups.subspan(1)) worker -= groups.front().workers;
    auto const word = static_cast<std::uint32_t>(random_()), tail = static_cast<std::uint32_t>(random_());
    double const delay = std::visit(
        [&](auto const& law) { return law.origin() + static_cast<double>(law.sampler().excess(word, tail)); },
        groups.front().law);
    return is_slow() ? point_.stragglers->factor * delay : delay;
  }

  /// @pre jobs are slow independently of each other
  bool is_slow() {
    if (!point_.stragglers) return false;
    DSGD_EXPECTS(std::abs(point_.stragglers->enter + point_.stragglers->leave - 1) < 1e-12);
    return point_.stragglers->is_slow(static_cast<std::uint32_t>(random_()), true, false);
  }

  Spent fastest(std::uint64_t rank, double scale = 1) {
    std::vector<double> delays(m());
    for (std::uint64_t worker = 0; worker < m(); ++worker) delays[worker] = scale * delay(worker);
    std::sort(delays.begin(), delays.end());
    double const last = delays[rank - 1];
    auto const end = delays.begin() + static_cast<std::ptrdiff_t>(rank);
    return {std::accumulate(delays.begin(), end, 0.0), static_cast<double>(m() - rank) * last,
            last + point_.communication};
  }

  /// An update takes the first `rank` workers that are ready, who then begin anew; the others go on. Two times
  /// the first updates are left out: workers have then forgotten that they began together.
  Spent going_on(std::uint64_t rank) {
    std::vector<double> ready(m());
    for (std::uint64_t worker = 0; worker < m(); ++worker) ready[worker] = delay(worker);
    std::vector<std::size_t> order(m());
    std::iota(order.begin(), order.end(), 0);
    double start = 0, now = 0, waited = 0;
    for (int update = 0; update < 90; ++update) {
      if (update == 60) start = now, waited = 0;
      std::sort(order.begin(), order.end(), [&](auto a, auto b) { return ready[a] < ready[b]; });
      now = ready[order[rank - 1]];
      for (std::uint64_t i = 0; i < rank; ++i) {
        waited += now - std::max(ready[order[i]], start);
        ready[order[i]] = now + delay(order[i]);
      }
    }
    // Whoever is ready at the start of the window but waits there is counted from there on.
    return {static_cast<double>(m()) * (now - start) - waited, 0, now - start};
  }

  Point const& point_;
  std::mt19937_64 random_;
};

}  // namespace dsgd::test
