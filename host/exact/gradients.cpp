#include "exact/gradients.hpp"

#include <algorithm>
#include <cstddef>
#include <variant>

#include "exact/deadline.hpp"
#include "exact/exact_fleet.hpp"

namespace dsgd {
namespace {

/// Averages over the measured steps, each equally likely.
double mean_of_steps(Replay const& replay, Deadlined const& until) {
  std::size_t sum = 0;
  for (std::size_t step = 0; step < replay.steps(); ++step) {
    std::size_t arrived = 0;
    for (std::size_t worker = 0; worker < replay.workers(); ++worker)
      arrived += replay.time(worker, step) <= until.deadline;
    sum += std::max<std::size_t>(arrived, until.rank);
  }
  return static_cast<double>(sum) / replay.steps();
}

}  // namespace

double mean_gradients(Point const& point) {
  Runtime const form = runtime_of_workers(point);
  auto const* const until = std::get_if<Deadlined>(&form);
  if (until == nullptr) return static_cast<double>(gradients(point.strategy, point.workers()));
  if (point.fleet.replay()) return mean_of_steps(*point.fleet.replay(), *until);
  ExactFleet const fleet(point.fleet);
  return exact::deadline_gradients(fleet.groups(), {until->rank, until->deadline});
}

}  // namespace dsgd
