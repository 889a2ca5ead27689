#include "exact/slowed.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "exact/breaks.hpp"
#include "exact/tails_moments.hpp"

namespace dsgd::exact {
namespace {

/// -log of a mixture of e^-usual and e^-slow, the latter with this share; exact also where both are small.
double mixed_hazard(double usual, double slow, double share) {
  double const ended = -(1 - share) * std::expm1(-usual) - share * std::expm1(-slow);
  return ended < 0.5 ? -std::log1p(-ended)
                     : -std::log((1 - share) * std::exp(-usual) + share * std::exp(-slow));
}

std::vector<HazardGroup> mixture_at(std::span<Group const> fleet, Stragglers const& stragglers, double x) {
  std::vector<HazardGroup> usual = hazards_at(fleet, x);
  std::vector<HazardGroup> const slow = hazards_at(fleet, x / stragglers.factor);
  for (std::size_t g = 0; g < usual.size(); ++g)
    usual[g].hazard = mixed_hazard(usual[g].hazard, slow[g].hazard, stragglers.share());
  return usual;
}

}  // namespace

std::optional<Moments> slowed_moments(std::span<Group const> fleet, std::uint64_t rank,
                                      Stragglers const& stragglers) {
  std::vector<double> breaks = breaks_of(fleet);
  std::size_t const own = breaks.size();
  for (std::size_t i = 0; i < own; ++i) breaks.push_back(breaks[i] * stragglers.factor);
  auto const at = [&](double x) { return rank_tails(mixture_at(fleet, stragglers, x), rank); };
  return moments_of(fleet, {at, ascending(std::move(breaks)), rank,
                            least_tail_index(fleet, workers(fleet) - rank + 1, false)});
}

}  // namespace dsgd::exact
