/// The order in which jobs end.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

namespace dsgd {

/// The end of a job. Of two at the same time that of the lower worker is the earlier.
/// @tparam Time  since the start: ticks or time units
template <class Time>
struct Arrival {
  Time time;
  std::uint32_t worker;
  // The check takes the 0 of a comparison for a null pointer. NOLINTNEXTLINE(modernize-use-nullptr)
  friend auto operator<=>(Arrival const&, Arrival const&) = default;
};

/// Arrivals that are still to come, the earliest first.
template <class Time>
class ArrivalQueue {
 public:
  void push(Arrival<Time> arrival) {
    heap_.push_back(arrival);
    std::push_heap(heap_.begin(), heap_.end(), std::greater{});
  }

  /// Takes the earliest one out. @pre there is one
  Arrival<Time> pop() {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater{});
    Arrival<Time> const arrival = heap_.back();
    heap_.pop_back();
    return arrival;
  }

  /// Cancels all of them.
  void clear() { heap_.clear(); }

 private:
  std::vector<Arrival<Time>> heap_;  ///< whose front is the earliest
};

}  // namespace dsgd
