#include "engines/cpu/drawn/fleet_window.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <variant>

#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

/// Where a word stands for a range of delays, that of the largest key.
float extreme_excess(LawSampler const& law, std::uint32_t k, KeySide side) {
  std::uint32_t const t = k < 1u << 31 ? side.flip : ~side.flip;
  return std::visit([&](auto const& l) { return l.excess(k, t); }, law);
}

/// Number of words whose key may be `limit` or more, to within 2^(32 - steps): they are the first, flipped.
std::uint64_t words_beyond(ObservedGroup const& group, KeySide side, std::uint32_t limit, int steps) {
  std::uint64_t low = 0, high = std::uint64_t{1} << 32;
  for (int step = 0; step < steps && low < high; ++step) {
    std::uint64_t const middle = low + (high - low) / 2;
    auto const k = static_cast<std::uint32_t>(middle) ^ side.flip;
    if (side.key(group.offset, extreme_excess(group.law, k, side)) >= limit)
      low = middle + 1;
    else
      high = middle;
  }
  return high;
}

double expected_beyond(Observable const& observable, KeySide side, std::uint32_t limit) {
  constexpr int coarse = 14;
  double expected = 0;
  std::uint64_t begin = 0;
  for (ObservedGroup const& group : observable.groups) {
    double const share = static_cast<double>(words_beyond(group, side, limit, coarse)) * 0x1p-32;
    expected += static_cast<double>(group.end - begin) * share;
    begin = group.end;
  }
  return expected;
}

double deviation(double expected, double workers) {
  return std::sqrt(std::max(0.0, expected * (1 - expected / workers)));
}

/// P(less than `place` of `workers` are in the window), where each is with the same probability.
double probability_of_fewer(std::uint32_t place, double workers, double probability) {
  double term = std::pow(1 - probability, workers), sum = 0;
  for (std::uint32_t n = 0; n < place; ++n) {
    sum += term;
    term *= (workers - n) / (n + 1) * probability / (1 - probability);
  }
  return sum;
}

/// So many delays on average as take the least time: those in the window, and those of all workers where it has
/// too few, each of which takes a little longer.
double wanted_in_window(std::uint32_t place, double workers) {
  double best = workers, least = workers;
  for (std::uint32_t quarters = 0; place + 0.25 * quarters < workers; ++quarters) {
    double const expected = place + 0.25 * quarters;
    double const looked_at =
        expected + 1.3 * workers * probability_of_fewer(place, workers, expected / workers);
    if (looked_at < least) {
      least = looked_at;
      best = expected;
    }
  }
  return best;
}

/// The side and the place of the wanted delay.
FleetWindow without_limit(Observable const& observable) {
  auto const workers = static_cast<std::uint32_t>(observable.workers());
  std::uint32_t const from_slow_end = workers - rank(observable) + 1;
  bool const slow = from_slow_end <= rank(observable);
  FleetWindow window;
  window.side.flip = slow ? 0 : ~0u;
  window.place = slow ? from_slow_end : rank(observable);
  return window;
}

}  // namespace

FleetWindow fleet_window_from(Observable const& observable, std::uint32_t limit) {
  auto const workers = static_cast<std::uint32_t>(observable.workers());
  FleetWindow window = without_limit(observable);
  window.limit = limit;
  constexpr int exact = 33;
  double expected = 0;
  std::uint64_t begin = 0;
  for (ObservedGroup const& group : observable.groups) {
    window.words.push_back(words_beyond(group, window.side, window.limit, exact));
    expected += static_cast<double>(group.end - begin) * static_cast<double>(window.words.back()) * 0x1p-32;
    begin = group.end;
  }
  double const most = expected + 4 * deviation(expected, workers) + 4;
  window.everyone = expected > 0.6 * workers;
  std::uint32_t const capacity =
      window.everyone ? workers : std::min(workers, static_cast<std::uint32_t>(most));
  window.capacity = (std::max(capacity, window.place) + 3) / 4 * 4;
  return window;
}

FleetWindow fleet_window(Observable const& observable) {
  FleetWindow const empty = without_limit(observable);
  double const wanted = wanted_in_window(empty.place, static_cast<double>(observable.workers()));
  std::uint32_t limit = 0;
  for (std::uint32_t bit = 1u << 31; bit >= 1u << 10; bit >>= 1) {
    double const expected = expected_beyond(observable, empty.side, limit | bit);
    if (expected < wanted) continue;
    limit |= bit;
    if (expected < 1.05 * wanted) break;  // nearer does not matter
  }
  return fleet_window_from(observable, limit);
}

FleetWindow const& window_of(Observable const& observable) {
  DSGD_EXPECTS(observable.window != nullptr);
  std::call_once(observable.window->found, [&] { observable.window->window = fleet_window(observable); });
  return observable.window->window;
}

}  // namespace dsgd
