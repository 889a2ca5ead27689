#include "resolution.hpp"

#include <cmath>
#include <variant>

#include "closed_form/closed_form.hpp"

namespace dsgd {
namespace {

/// Median delay of a worker, time units.
double median_delay(Law const& law) {
  DelayWords const median = word_at(1, 2);
  return origin(law) +
         std::visit([&](auto const& s) { return static_cast<double>(s.excess(median.k, median.t)); },
                    sampler(law));
}

/// Of an update that `gradients` arrivals make, about, time units; 0 where some workers take no time.
double typical_gap(Point const& point, std::uint64_t gradients) {
  double arrivals = point.fleet.empty() ? static_cast<double>(point.workers) / median_delay(point.law) : 0;
  for (FleetGroup const& group : point.fleet)
    arrivals += static_cast<double>(group.workers) / median_delay(group.law);
  return static_cast<double>(gradients) / arrivals;
}

}  // namespace

std::optional<Unresolved> find_unresolved(Point const& point) {
  Runtime const form = runtime(point);
  RuntimeRange const range = runtime_range(point);
  if (auto const* const clocks = std::get_if<Clocks>(&form)) {
    double const gap = typical_gap(point, clocks->gradients);
    if (gap == 0 || range.rare - std::ilogb(gap) <= max_span) return std::nullopt;
    return Unresolved{range.rare - std::ilogb(gap), true};
  }
  bool const typically_0 = range.typical <= -127;
  if (typically_0 || range.rare - range.typical <= max_span) return std::nullopt;
  if (std::holds_alternative<OrderStatistic>(form) && runtime_tail_index(point) <= 1) return std::nullopt;
  return Unresolved{range.rare - range.typical, false};
}

}  // namespace dsgd
