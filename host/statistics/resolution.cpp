#include "statistics/resolution.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "dsgd/clock/longest_jobs.hpp"
#include "dsgd/quantum/point.hpp"
#include "exact/point.hpp"

namespace dsgd {
namespace {

/// Median delay of a worker, time units; the mean where that is 0.
double typical_delay(Law const& law) {
  DelayWords const median = word_at(1, 2);
  return std::visit(
      [&](auto const& s) {
        double const delay = origin(law) + static_cast<double>(s.excess(median.k, median.t));
        return delay > 0 ? delay : job_lengths(s, origin(law)).mean;
      },
      sampler(law));
}

/// Approximate time of an update that takes `gradients` arrivals, time units; 0 where workers take no time.
double typical_gap(Point const& point, std::uint64_t gradients) {
  double arrivals = 0;
  for (FleetGroup const& group : point.drawn().groups())
    arrivals += static_cast<double>(group.workers) / typical_delay(group.law);
  return static_cast<double>(gradients) / arrivals;
}

/// -log(longer). A probability comes with its complement `shorter`: the smaller of both has all its digits.
double hazard(double longer, double shorter) {
  return shorter < longer ? -std::log1p(-shorter) : -std::log(longer);
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
  if (!std::holds_alternative<SlowestSum>(form) && runtime_tail_index(point) <= 1) return std::nullopt;
  return Unresolved{range.rare - range.typical, false};
}

FloatRange float_range(Point const& point) {
  RuntimeRange const range = runtime_range(point);
  Runtime const form = runtime(point);
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  if (statistic == nullptr) return range.rare > 127 ? FloatRange::too_long : FloatRange::inside;
  constexpr int shortest = -110;
  if (!point.drawn().equal()) {
    bool const is_normal = range.typical > -127;  // what is 0 has an atom there
    return is_normal && range.typical < shortest ? FloatRange::too_short : FloatRange::inside;
  }
  double const hazard = typical_hazard(point.drawn().workers(), statistic->rank);
  double const typical =
      std::visit([&](auto const& law) { return law.at(hazard); }, sampler(point.drawn().law()));
  return typical > 0 && typical < std::ldexp(1.0, shortest) ? FloatRange::too_short : FloatRange::inside;
}

bool hardly_varies(Point const& point) {
  Runtime const form = runtime(point);
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  if (statistic == nullptr || !point.drawn().equal()) return false;
  // The share of delays that are longer than the statistic has this mean and about this deviation.
  auto const m = static_cast<double>(point.drawn().workers());
  double const longer = (m - static_cast<double>(statistic->rank) + 0.5) / m;
  double const shorter = (static_cast<double>(statistic->rank) - 0.5) / m;
  double const deviation = std::sqrt(longer * shorter / m);
  return std::visit(
      [&](auto const& law) {
        double const late = law.at(hazard(std::max(longer - deviation, longer / 4), shorter + deviation));
        double const early = law.at(hazard(longer + deviation, std::max(shorter - deviation, shorter / 4)));
        double const spread = (late - early) / 2;
        return spread > 0 && spread < 0x1p-20 * law.at(hazard(longer, shorter));
      },
      sampler(point.drawn().law()));
}

}  // namespace dsgd
