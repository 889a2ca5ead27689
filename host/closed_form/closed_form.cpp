#include "closed_form/closed_form.hpp"

#include "closed_form/order_statistic.hpp"

namespace dsgd {
namespace {

exact::Law exact_law(Exponential const& law) { return exact::exponential(law.rate); }

}  // namespace

std::optional<Moments> exact_runtime(Point const& point) {
  std::optional<std::uint32_t> const order = rank(point.strategy, point.law, point.workers);
  if (!order) return std::nullopt;
  exact::Law const law = std::visit([](auto const& l) { return exact_law(l); }, point.law);
  return exact::order_statistic_moments(law, point.workers, *order);
}

}  // namespace dsgd
