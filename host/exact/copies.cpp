#include "exact/copies.hpp"

#include <algorithm>
#include <boost/math/quadrature/exp_sinh.hpp>
#include <cmath>
#include <functional>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/expects.hpp"
#include "exact/breaks.hpp"
#include "exact/tails_moments.hpp"

namespace dsgd::exact {
namespace {

/// How likely workers and their copies still run at a time. The copy of a worker takes a delay of another one.
std::vector<HazardGroup> both_at(std::span<Group const> fleet, double after, double x) {
  std::vector<HazardGroup> hazards = hazards_at(fleet, x);
  if (x < after) return hazards;
  std::vector<HazardGroup> const copies = hazards_at(fleet, x - after);
  if (fleet.size() == 1) return {{fleet.front().count, hazards.front().hazard + copies.front().hazard}};
  std::vector<double> running(fleet.size() + 1, 0);  // those of the groups after
  for (std::size_t g = fleet.size(); g-- > 0;)
    running[g] = running[g + 1] + static_cast<double>(copies[g].count) * std::exp(-copies[g].hazard);
  double const others = static_cast<double>(workers(fleet)) - 1;
  double before = 0;
  for (std::size_t g = 0; g < hazards.size(); ++g) {
    double const one = std::exp(-copies[g].hazard);
    double const but_one = before + static_cast<double>(copies[g].count - 1) * one + running[g + 1];
    hazards[g].hazard -= std::log(but_one / others);
    before += static_cast<double>(copies[g].count) * one;
  }
  return hazards;
}

std::vector<double> breaks(std::span<Group const> fleet, double after) {
  std::vector<double> all = breaks_of(fleet);
  std::size_t const own = all.size();
  for (std::size_t i = 0; i < own; ++i) all.push_back(all[i] + after);
  all.push_back(std::max(after, all.front()));
  return ascending(std::move(all));
}

/// Mean time beyond `from` until the first of a worker and its copy has ended or the update comes, each worker equally
/// likely.
/// @param from  time units, 0 for the whole mean
std::optional<double> mean_beyond(std::span<Group const> fleet, CopiesOf const& of, double from) {
  std::uint64_t const all = workers(fleet);
  auto const at = [&](double x) -> Tails {
    if (x < from) return {0, 1};
    std::vector<HazardGroup> const now = both_at(fleet, of.after, x);
    double const share = std::min(1.0, mean_running_before(now, of.rank) / static_cast<double>(all));
    return {1 - share, share};
  };
  std::vector<double> later = breaks(fleet, of.after);
  std::erase_if(later, [&](double x) { return x < from; });
  if (later.empty()) return 0;
  auto const moments = moments_of(fleet, {at, std::move(later), of.rank, copied_tail_index(fleet, of.rank)});
  if (!moments) return std::nullopt;
  return moments->mean - from;
}

/// E[f(X)], f from [0, 1]
double mean_of(Law const& law, std::function<double(double)> const& f) {
  return std::visit(
      [&]<class L>(L const& l) {
        double sum = 0, longer = 1;
        if constexpr (Continuous<L>) {
          boost::math::quadrature::exp_sinh<double> rule;
          sum = rule.integrate([&](double e) { return std::exp(-e) * f(l.at_hazard(e)); }, 1e-12);
        } else {
          for (double const value : values(law)) {
            double const beyond = std::exp(-l.cumulative_hazard(value));
            sum += (std::exchange(longer, beyond) - beyond) * f(value);
          }
        }
        return sum;
      },
      law);
}

/// Workers whose copy ends first, on average, where all are waited for: P(X > after + X') for each.
double first_copies(std::span<Group const> fleet, double after) {
  double sum = 0;
  std::uint64_t const all = workers(fleet);
  for (Group const& own : fleet)
    for (Group const& other : fleet) {
      std::uint64_t const runners = other.count - (&own == &other && all > 1);
      if (runners == 0) continue;
      double const share = static_cast<double>(runners) / std::max(1.0, static_cast<double>(all) - 1);
      sum += static_cast<double>(own.count) * share * mean_of(other.law, [&](double delay) {
               return std::exp(-cumulative_hazard(own.law, after + delay));
             });
    }
  return sum;
}

/// Equal workers whose copy ends first, and before K others have arrived, on average.
double entering_copies(Group const& equal, CopiesOf const& of) {
  Group const others[] = {{equal.count - 1, equal.law}};
  auto const enters = [&](double delay) {
    double const x = of.after + delay;
    double const still_runs = std::exp(-cumulative_hazard(equal.law, x));
    return still_runs * rank_tails(both_at(others, of.after, x), of.rank).above;
  };
  return static_cast<double>(equal.count) * mean_of(equal.law, enters);
}

}  // namespace

Tails copied_tails(std::span<Group const> fleet, CopiesOf const& of, double x) {
  return rank_tails(both_at(fleet, of.after, x), of.rank);
}

double copied_tail_index(std::span<Group const> fleet, std::uint64_t rank) {
  std::vector<CountedIndex> both;
  for (std::size_t g = 0; g < fleet.size(); ++g) {
    double copy = infinite;
    for (std::size_t h = 0; h < fleet.size(); ++h)
      if (g != h || fleet[h].count > 1 || fleet.size() == 1) copy = std::min(copy, tail_index(fleet[h].law));
    both.push_back({tail_index(fleet[g].law) + copy, fleet[g].count});
  }
  return least_sum(std::move(both), workers(fleet) - rank + 1);
}

std::optional<Moments> copied_moments(std::span<Group const> fleet, CopiesOf const& of) {
  DSGD_EXPECTS(1 <= of.rank && of.rank <= workers(fleet));
  auto const at = [&](double x) { return copied_tails(fleet, of, x); };
  return moments_of(fleet, {at, breaks(fleet, of.after), of.rank, copied_tail_index(fleet, of.rank)});
}

std::optional<CopiedWork> copied_work(std::span<Group const> fleet, CopiesOf const& of) {
  if (copied_tail_index(fleet, of.rank) <= 1) return std::nullopt;
  bool const all_enter = of.rank == workers(fleet);
  bool const tells_who_enters = fleet.size() == 1 && values(fleet.front().law).empty();
  if (!all_enter && !tells_who_enters) return std::nullopt;
  std::optional<Moments> const runtime = copied_moments(fleet, of);
  std::optional<double> const alone = mean_beyond(fleet, of, 0);
  std::optional<double> const copied = mean_beyond(fleet, of, of.after);
  if (!runtime || !alone || !copied) return std::nullopt;
  auto const all = static_cast<double>(workers(fleet));
  double const cancelled = (all - static_cast<double>(of.rank)) * runtime->mean;
  double const copies = all_enter ? first_copies(fleet, of.after) : entering_copies(fleet.front(), of);
  return CopiedWork{all * *alone - cancelled - of.after * copies, all * (*alone + *copied)};
}

}  // namespace dsgd::exact
