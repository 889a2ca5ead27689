#include "request/advice.hpp"

#include "dsgd/sweep.hpp"

namespace dsgd {

bool helps_fewer_workers(Point const& point, Passes const& passes) {
  if (!point.fleet.empty()) return false;
  Point fewer = point;
  while (fewer.workers > 1) {
    fewer.workers /= 2;
    if (!fits(fewer.strategy, fewer.workers)) return false;
    if (passes(fewer)) return true;
  }
  return false;
}

bool helps_strategy(Point point, Strategy const& other, Passes const& passes) {
  if (!fits(other, point.workers)) return false;
  point.strategy = other;
  return passes(point);
}

}  // namespace dsgd
