#include "recommend/exponential_tail.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace dsgd {

std::optional<Fleet> with_gamma_delays(Fleet const& fleet) {
  std::vector<FleetGroup> groups(fleet.groups().begin(), fleet.groups().end());
  for (FleetGroup& group : groups) {
    Gamma gamma{};
    gamma.shape = 4;
    if (auto const* const law = std::get_if<Exponential>(&group.law)) {
      gamma.rate = gamma.shape * law->rate;
      gamma.shift = law->shift;
    } else if (auto const* const shifted = std::get_if<ShiftedExponential>(&group.law)) {
      gamma.rate = gamma.shape * shifted->rate;
      gamma.shift = shifted->shift;
    } else {
      return std::nullopt;
    }
    group.law = gamma;
  }
  return Fleet(std::move(groups));
}

}  // namespace dsgd
