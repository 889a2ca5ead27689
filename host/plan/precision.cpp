#include "plan/precision.hpp"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "dsgd/expects.hpp"
#include "exact/point.hpp"
#include "exact/student_t.hpp"

namespace dsgd {
namespace {

/// A step that visits all of 0 .. size - 1 when it is repeated modulo size, and far apart soon: near the
/// golden section.
std::size_t visiting_step(std::size_t size) {
  auto step = static_cast<std::size_t>(0.6180339887498949 * static_cast<double>(size)) | 1;
  while (std::gcd(step, size) != 1) ++step;
  return step;
}

void take(Precision& precision, std::size_t point, std::optional<double> const& half_width) {
  ++precision.looked_at;
  if (!half_width) {
    ++precision.unknown;
    return;
  }
  Precision::Extreme const extreme{point, *half_width};
  if (!precision.best || *half_width < precision.best->half_width) precision.best = extreme;
  if (!precision.worst || *half_width > precision.worst->half_width) precision.worst = extreme;
}

}  // namespace

std::optional<double> expected_precision(PlannedPoint const& planned) {
  if (!are_independent(planned.observable().runtime)) return std::nullopt;
  std::uint64_t const runtimes = iterations_done(planned);
  if (runtimes < 2) return std::nullopt;
  std::optional<Moments> const exact = exact_runtime(planned.point());
  if (!exact || !exact->variance || std::isinf(exact->mean) || std::isinf(*exact->variance))
    return std::nullopt;
  double const error = std::sqrt(*exact->variance / static_cast<double>(runtimes));
  return student_t_95(runtimes - 1) * error / exact->mean;
}

Precision expected_precision(std::span<PlannedPoint const> points, double seconds) {
  DSGD_EXPECTS(!points.empty());
  using Clock = std::chrono::steady_clock;
  auto const end = Clock::now() + std::chrono::duration<double>(seconds);
  Precision precision;
  auto const look_at = [&](std::size_t point) { take(precision, point, expected_precision(points[point])); };
  // Sweeps are ordered, and their ends differ most.
  std::size_t const last = points.size() - 1;
  look_at(0);
  if (last != 0) look_at(last);
  std::size_t const step = visiting_step(points.size());
  for (std::size_t i = 1; i < points.size() && Clock::now() < end; ++i)
    if (std::size_t const point = i * step % points.size(); point != last) look_at(point);
  return precision;
}

}  // namespace dsgd
