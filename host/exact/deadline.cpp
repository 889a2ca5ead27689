#include "exact/deadline.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "exact/breaks.hpp"
#include "exact/tails_moments.hpp"

namespace dsgd::exact {
namespace {

double tail_index(std::span<Group const> fleet, DeadlineOf const& of) {
  return least_tail_index(fleet, workers(fleet) - of.rank + 1, false);
}

std::vector<double> breaks(std::span<Group const> fleet, DeadlineOf const& of) {
  std::vector<double> all = breaks_of(fleet);
  bool const matters = of.time > all.front();
  if (matters) all.push_back(of.time);
  return ascending(std::move(all));
}

double running(std::span<HazardGroup const> now, std::uint64_t all) { return mean_missing(now, all); }

/// Until when a worker works, each equally likely: until its gradient arrives or the update comes.
Tails work_tails(std::span<Group const> fleet, DeadlineOf const& of, double x) {
  std::vector<HazardGroup> const now = hazards_at(fleet, x);
  std::uint64_t const all = workers(fleet);
  double const work = x < of.time ? running(now, all) : mean_running_before(now, of.rank);
  double const share = std::min(1.0, work / static_cast<double>(all));
  return {1 - share, share};
}

/// E[X(K); X(K) > time]. @return nothing where it is not known
std::optional<double> mean_beyond(std::span<Group const> fleet, DeadlineOf const& of) {
  auto const at = [&](double x) { return x < of.time ? Tails{0, 1} : fleet_tails(fleet, of.rank, x); };
  std::vector<double> later = breaks(fleet, of);
  std::erase_if(later, [&](double x) { return x < of.time; });
  if (later.empty()) return 0;
  auto const longest = moments_of(fleet, {at, std::move(later), of.rank, tail_index(fleet, of)});
  if (!longest) return std::nullopt;
  return longest->mean - of.time * fleet_tails(fleet, of.rank, of.time).below;
}

}  // namespace

Tails deadline_tails(std::span<Group const> fleet, DeadlineOf const& of, double x) {
  return fleet_tails(fleet, x < of.time ? workers(fleet) : of.rank, x);
}

std::optional<Moments> deadline_moments(std::span<Group const> fleet, DeadlineOf const& of) {
  DSGD_EXPECTS(1 <= of.rank && of.rank <= workers(fleet));
  auto const at = [&](double x) { return deadline_tails(fleet, of, x); };
  return moments_of(fleet, {at, breaks(fleet, of), of.rank, tail_index(fleet, of)});
}

double deadline_gradients(std::span<Group const> fleet, DeadlineOf const& of) {
  std::uint64_t const all = workers(fleet);
  std::vector<HazardGroup> const now = hazards_at(fleet, of.time);
  return static_cast<double>(all) - running(now, all) + mean_missing(now, of.rank);
}

std::optional<DeadlineWork> deadline_work(std::span<Group const> fleet, DeadlineOf const& of) {
  if (tail_index(fleet, of) <= 1) return std::nullopt;
  std::uint64_t const all = workers(fleet);
  auto const at = [&](double x) { return work_tails(fleet, of, x); };
  auto const of_one = moments_of(fleet, {at, breaks(fleet, of), of.rank, tail_index(fleet, of)});
  std::optional<double> const beyond = mean_beyond(fleet, of);
  if (!of_one || !beyond) return std::nullopt;
  std::vector<HazardGroup> const now = hazards_at(fleet, of.time);
  double const at_deadline = running(now, all) - mean_running_before(now, of.rank);
  return DeadlineWork{static_cast<double>(all) * of_one->mean,
                      of.time * at_deadline + static_cast<double>(all - of.rank) * *beyond};
}

}  // namespace dsgd::exact
