/// Updates at which all workers begin anew: host/race/rounds.cpp is the definition.
#pragma once

#include <cmath>
#include <cstdint>

#include "dsgd/arithmetic/portable_math.hpp"
#include "kernels/device/rank_search.hpp"
#include "kernels/device/unroll.hpp"
#include "kernels/race/replication.cuh"

namespace dsgd::kernels {

/// The end of a worker's job. Of two at the same time that of the lower worker is the earlier.
struct RaceArrival {
  double time;
  std::uint32_t worker;

  __device__ bool is_before(RaceArrival const& other) const {
    return time < other.time || (time == other.time && worker < other.worker);
  }
};

/// Takes a replication from one round to the next.
class RaceRounds {
 public:
  __device__ RaceRounds(DeviceRace const& race, RacedReplication& replication)
      : race_(race), replication_(replication), workers_(replication.workers()) {}

  /// To the next update, or to the end where nothing is left to measure.
  __device__ void operator()() const {
    double const begin = replication_.state().time;
    if (race_.rule.form == RaceRule::summed) return take_steps(begin);
    replication_.for_each_worker([&](std::uint32_t worker) {
      replication_.end(worker) = replication_.end_of_job(begin, worker, replication_.state().served);
    });
    if (race_.rule.form == RaceRule::copied) give_copies(begin);
    std::uint64_t entering = race_.rule.rank;
    double end = time_of_rank(entering);
    if (race_.rule.form == RaceRule::deadlined) {
      double const deadline = begin + race_.rule.deadline, last = time_of_rank(workers_);
      std::uint64_t const in_time = count_until(deadline);
      if (in_time > entering) entering = in_time;
      double const until = last < deadline ? last : deadline;
      if (end < until) end = until;
    }
    double const time = replication_.state().time = end + race_.rule.meeting;
    if (!replication_.measure_until(time)) return;
    if (race_.rule.takes_all_data) {
      replication_.update_by_all_data(time);
    } else {
      add_gradients(entering);
      replication_.update(time, entering, 0);
    }
  }

 private:
  __device__ void take_steps(double begin) const {
    std::uint32_t const steps = race_.rule.steps;
    double slowest = 0;
    replication_.for_each_worker([&](std::uint32_t worker) {
      double end = begin;
      DSGD_NO_UNROLL for (std::uint32_t step = 0; step < steps; ++step) {
        end = replication_.end_of_job(end, worker, replication_.state().served * steps + step);
      }
      if (slowest < end) slowest = end;
    });
    double const time = replication_.state().time = slowest + race_.rule.meeting;
    if (!replication_.measure_until(time)) return;
    replication_.meet(time);
  }

  /// Lets copies begin together, as the form says.
  __device__ void give_copies(double begin) const {
    Copied const& form = race_.rule.copies;
    double copies = begin + form.after;
    if (form.arrived != 0) {
      double const last = time_of_rank(form.arrived);
      double const lower = time_of_rank((form.arrived - 1) / 2 + 1),
                   upper = time_of_rank(form.arrived / 2 + 1);
      double const late = begin + form.factor * ((lower - begin + (upper - begin)) / 2);
      if (copies < last) copies = last;
      if (copies < late) copies = late;
    }
    replication_.for_each_worker([&](std::uint32_t worker) {
      double const end = replication_.end_of_copy(copies, worker, replication_.state().served);
      if (end < replication_.end(worker)) replication_.end(worker) = end;
    });
  }

  __device__ std::uint64_t count_until(double time) const {
    std::uint64_t count = 0;
    replication_.for_each_worker(
        [&](std::uint32_t worker) { count += replication_.end(worker) <= time ? 1 : 0; });
    return count;
  }

  /// The time of the rank-th arrival.
  __device__ double time_of_rank(std::uint64_t rank) const {
    double first = replication_.end(0), last = first;
    replication_.for_each_worker([&](std::uint32_t worker) {
      double const end = replication_.end(worker);
      if (end < first) first = end;
      if (end > last) last = end;
    });
    std::uint64_t const low = portable::bits_from_double(rank == workers_ ? last : first);
    std::uint64_t const high = portable::bits_from_double(rank == 1 ? first : last);
    return portable::double_from_bits(bits_of_rank(
        low, high, rank, [&](std::uint64_t bits) { return count_until(portable::double_from_bits(bits)); }));
  }

  /// Adds the gradients of those who arrive first, in the order of their arrivals where it tells.
  __device__ void add_gradients(std::uint64_t entering) const {
    auto const model = [&](std::uint32_t direction) { return replication_.model(direction); };
    RaceArrival before{-1, 0};
    DSGD_NO_UNROLL for (std::uint64_t i = 0; i < entering; ++i) {
      if (!race_.model.is_common) before = first_after(before);
      replication_.add_gradient(before.worker, model);
    }
  }

  __device__ RaceArrival first_after(RaceArrival const& before) const {
    RaceArrival first{INFINITY, workers_};
    replication_.for_each_worker([&](std::uint32_t worker) {
      RaceArrival const arrival{replication_.end(worker), worker};
      if (before.is_before(arrival) && arrival.is_before(first)) first = arrival;
    });
    return first;
  }

  DeviceRace const& race_;
  RacedReplication& replication_;
  std::uint32_t workers_;
};

}  // namespace dsgd::kernels
