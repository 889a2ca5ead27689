#include "request/advice.hpp"

#include <algorithm>

#include "dsgd/sweep.hpp"

namespace dsgd {
namespace {

/// The fewest workers that can follow the point's strategy: more can, too.
std::uint64_t fewest_workers(Point const& point) {
  std::uint64_t low = 1, high = point.workers();
  while (low < high) {
    std::uint64_t const middle = low + (high - low) / 2;
    if (fits(point.strategy, middle))
      high = middle;
    else
      low = middle + 1;
  }
  return high;
}

}  // namespace

bool helps_fewer_workers(Point const& point, Passes const& passes) {
  if (!point.fleet.equal() || point.fleet.replay()) return false;
  std::uint64_t const fewest = fewest_workers(point);
  Point fewer = point;
  while (fewer.workers() > fewest) {
    fewer.fleet = Fleet(point.fleet.law(), std::max(fewer.workers() / 2, fewest));
    if (passes(fewer)) return true;
  }
  return false;
}

bool helps_strategy(Point point, Strategy const& other, Passes const& passes) {
  if (!fits(other, point.workers()) || point.fleet.replay()) return false;
  point.strategy = other;
  return passes(point);
}

}  // namespace dsgd
