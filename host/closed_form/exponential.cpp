#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <variant>

#include "closed_form/closed_form.hpp"

namespace dsgd {
namespace {

/// Sums of 1/i and 1/i^2 over first <= i <= last. @pre 1 <= first <= last
struct HarmonicSums {
  double inverse, inverse_square;
};

HarmonicSums harmonic_sums(std::uint32_t first, std::uint32_t last) {
  // Few terms are added one by one, smallest first: a difference of digammas would cancel.
  constexpr std::uint32_t few = 1u << 14;
  if (last - first < few) {
    HarmonicSums sums{0, 0};
    for (std::uint32_t i = last; i >= first; --i) {
      double const inverse = 1.0 / i;
      sums.inverse += inverse;
      sums.inverse_square += inverse * inverse;
    }
    return sums;
  }
  double const below = first;
  double const above = static_cast<double>(last) + 1;
  return {boost::math::digamma(above) - boost::math::digamma(below),
          boost::math::trigamma(below) - boost::math::trigamma(above)};
}

/// The K-th smallest of m exponential delays is a sum of independent spacings E_i / (i rate), m - K < i <= m.
/// Source: Renyi 1953.
std::optional<Moments> order_statistic(Exponential const& law, std::uint32_t workers, std::uint32_t rank) {
  HarmonicSums const sums = harmonic_sums(workers - rank + 1, workers);
  return Moments{sums.inverse / law.rate, sums.inverse_square / (law.rate * law.rate)};
}

/// Laws without a closed form.
template <class OtherLaw>
std::optional<Moments> order_statistic(OtherLaw const&, std::uint32_t, std::uint32_t) {
  return std::nullopt;
}

}  // namespace

std::optional<Moments> exact_runtime(Point const& point) {
  return std::visit(
      [&](auto const& law) -> std::optional<Moments> {
        Runtime const form = runtime(point.strategy, point.law, point.workers);
        auto const* const statistic = std::get_if<OrderStatistic>(&form);
        if (statistic == nullptr) return std::nullopt;
        std::optional<Moments> moments = order_statistic(law, static_cast<std::uint32_t>(point.workers),
                                                         static_cast<std::uint32_t>(statistic->rank));
        if (!moments) return std::nullopt;
        double const part = scale(point.strategy, point.workers);
        double const meeting = meets(point.strategy) ? point.communication : 0;
        moments->mean = meeting + part * moments->mean;
        if (moments->variance) *moments->variance *= part * part;
        return moments;
      },
      point.law);
}

std::optional<double> exact_staleness(Point const& point) {
  Runtime const form = runtime(point.strategy, point.law, point.workers);
  auto const* const clocks = std::get_if<Clocks>(&form);
  if (clocks == nullptr) return std::nullopt;
  auto const m = static_cast<double>(point.workers);
  auto const k = static_cast<double>(clocks->gradients);
  switch (clocks->rule) {
    case Clocks::Rule::arrivals:
      return (m - 1) / k;
    case Clocks::Rule::workers:
      return (m - k) / k;
    case Clocks::Rule::restart:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace dsgd
