#include "race/typical_delay.hpp"

#include <cmath>
#include <variant>

#include "dsgd/law/list.hpp"
#include "exact/exact_law.hpp"

namespace dsgd {

double median_delay(Law const& law) {
  return origin(law) + std::visit([](auto const& s) { return static_cast<double>(s.excess(0x80000000u, 0)); },
                                  sampler(law));
}

double typical_delay(Law const& law) {
  double const mean = exact::mean(ExactLaw(law).get());
  return std::isfinite(mean) ? mean : median_delay(law);
}

double typical_delay(Fleet const& fleet) {
  double sum = 0;
  for (FleetGroup const& group : fleet.groups())
    sum += static_cast<double>(group.workers) * typical_delay(group.law);
  return sum / static_cast<double>(fleet.workers());
}

}  // namespace dsgd
