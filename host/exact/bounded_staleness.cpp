#include "exact/bounded_staleness.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "exact/order_statistic.hpp"
#include "exact/without_memory.hpp"

namespace dsgd::exact {
namespace {

constexpr std::size_t most_states = 1000;

/// How many workers have ended 0, 1, 2, ... jobs more than the slowest, of whom there is one at least. Those at
/// the last place wait.
using State = std::vector<std::uint32_t>;

struct Jump {
  std::size_t to;
  double rate;  ///< in jobs of one worker per its mean delay
};

/// The states that equal workers come to from a start in step, and their jumps; empty where there are too many.
class Chain {
 public:
  Chain(std::uint64_t workers, std::uint64_t staleness) {
    State first(staleness + 2, 0);
    first.front() = static_cast<std::uint32_t>(workers);
    number(first);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (states_.size() > most_states) break;
      add_jumps(i);
    }
    if (states_.size() > most_states) states_.clear();
  }

  bool empty() const { return states_.empty(); }

  /// Averages over the long run, of the workers that do not wait.
  struct Working {
    double mean;
    double others_at_update;  ///< those beside the one that arrives
  };

  Working working() const {
    std::vector<double> const shares = stationary();
    double sum = 0, pairs = 0;
    for (std::size_t i = 0; i < states_.size(); ++i) {
      double now = 0;
      for (std::size_t place = 0; place + 1 < states_[i].size(); ++place) now += states_[i][place];
      sum += shares[i] * now;
      pairs += shares[i] * now * (now - 1);  // updates come as often as workers work
    }
    return {sum, pairs / sum};
  }

 private:
  std::size_t number(State const& state) {
    auto const [entry, is_new] = numbers_.try_emplace(state, states_.size());
    if (is_new) states_.push_back(state);
    return entry->second;
  }

  void add_jumps(std::size_t from) {
    std::vector<Jump>& jumps = jumps_.emplace_back();
    for (std::size_t place = 0; place + 1 < states_[from].size(); ++place) {
      State next = states_[from];
      if (next[place] == 0) continue;
      double const rate = next[place];
      --next[place];
      ++next[place + 1];
      if (next.front() == 0) {
        next.erase(next.begin());
        next.push_back(0);
      }
      jumps.push_back({number(next), rate});
    }
  }

  /// Shares of the time, by elimination without a subtraction. Source: Grassmann, Taksar, Heyman, 1985.
  std::vector<double> stationary() const {
    std::size_t const count = states_.size();
    std::vector<std::vector<double>> rates(count, std::vector<double>(count, 0));
    for (std::size_t i = 0; i < count; ++i)
      for (Jump const& jump : jumps_[i])
        if (jump.to != i) rates[i][jump.to] += jump.rate;
    for (std::size_t last = count - 1; last > 0; --last) {
      double out = 0;
      for (std::size_t to = 0; to < last; ++to) out += rates[last][to];
      for (std::size_t from = 0; from < last; ++from) {
        double const share = rates[from][last] / out;
        rates[from][last] = share;
        if (share == 0) continue;
        for (std::size_t to = 0; to < last; ++to) rates[from][to] += share * rates[last][to];
      }
    }
    std::vector<double> shares(count, 0);
    shares.front() = 1;
    double sum = 1;
    for (std::size_t state = 1; state < count; ++state) {
      for (std::size_t from = 0; from < state; ++from) shares[state] += shares[from] * rates[from][state];
      sum += shares[state];
    }
    for (double& share : shares) share /= sum;
    return shares;
  }

  std::vector<State> states_;
  std::map<State, std::size_t> numbers_;
  std::vector<std::vector<Jump>> jumps_;  ///< [state]
};

/// Updates per time of two workers with these rates. The first is ahead by n jobs, -staleness - 1 to
/// staleness + 1, with a probability proportional to the n-th power of the ratio of the rates.
double rate_of_two(double first, double second, std::uint64_t staleness) {
  auto const ends = static_cast<double>(staleness) + 1;
  double const log_ratio = std::log(std::min(first, second) / std::max(first, second));  // <= 0
  double sum = 0;
  for (std::uint64_t n = 0; n < 2 * staleness + 3; ++n) sum += std::exp(static_cast<double>(n) * log_ratio);
  double const faster_waits = 1 / sum, slower_waits = std::exp(2 * ends * log_ratio) / sum;
  return std::max(first, second) * (1 - faster_waits) + std::min(first, second) * (1 - slower_waits);
}

bool is_constant(Group const& group) { return std::holds_alternative<Constant>(group.law); }

std::optional<double> mean_without_memory(std::span<Group const> fleet, std::uint64_t staleness) {
  std::uint64_t const m = workers(fleet);
  if (m == 2) return 1 / rate_of_two(1 / mean(fleet.front().law), 1 / mean(fleet.back().law), staleness);
  if (fleet.size() > 1 || m > most_states || staleness > most_states) return std::nullopt;
  Chain const chain(m, staleness);
  if (chain.empty()) return std::nullopt;
  return mean(fleet.front().law) / chain.working().mean;
}

}  // namespace

std::optional<Moments> bounded_staleness_moments(std::span<Group const> fleet, std::uint64_t staleness) {
  std::uint64_t const m = workers(fleet);
  if (m == 1) return Moments{mean(fleet.front().law), variance(fleet.front().law)};
  std::optional<double> mean;
  if (std::ranges::all_of(fleet, is_constant)) {
    mean = 0;
    for (Group const& group : fleet) mean = std::max(*mean, exact::mean(group.law) / static_cast<double>(m));
  } else if (staleness == 0) {
    std::optional<Moments> const step =
        fleet.size() == 1 ? order_statistic_moments(fleet.front().law, m, m) : fleet_moments(fleet, m);
    if (step) mean = step->mean / static_cast<double>(m);
  } else if (without_memory(fleet)) {
    mean = mean_without_memory(fleet, staleness);
  }
  return mean ? std::optional(Moments{*mean, std::nullopt}) : std::nullopt;
}

std::optional<double> bounded_staleness_staleness(std::span<Group const> fleet, std::uint64_t staleness) {
  std::uint64_t const m = workers(fleet);
  if (staleness == 0) return static_cast<double>(m - 1) / 2;
  bool const are_equal = fleet.size() == 1 && without_memory(fleet);
  if (!are_equal || m > most_states || staleness > most_states) return std::nullopt;
  Chain const chain(m, staleness);
  if (chain.empty()) return std::nullopt;
  return chain.working().others_at_update;
}

}  // namespace dsgd::exact
