#include "plan/speed.hpp"

#include <cmath>
#include <iterator>

#include "dsgd/expects.hpp"

namespace dsgd {

void Speed::add(std::size_t form, double draws_per_unit, double seconds_per_draw) {
  DSGD_EXPECTS(draws_per_unit > 0 && seconds_per_draw > 0);
  known_[form].insert_or_assign(draws_per_unit, seconds_per_draw);
}

std::optional<double> Speed::seconds(PlannedGroup const& group) const {
  auto const sizes = known_.find(group.form);
  if (sizes == known_.end()) return std::nullopt;
  std::map<double, double> const& by_size = sizes->second;
  auto const above = by_size.lower_bound(group.draws_per_unit);
  if (above == by_size.end()) return group.draws() * by_size.rbegin()->second;
  if (above == by_size.begin()) return group.draws() * above->second;
  auto const below = std::prev(above);
  double const share = std::log(group.draws_per_unit / below->first) / std::log(above->first / below->first);
  return group.draws() * std::exp((1 - share) * std::log(below->second) + share * std::log(above->second));
}

}  // namespace dsgd
