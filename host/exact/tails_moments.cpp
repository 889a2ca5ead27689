#include "exact/tails_moments.hpp"

#include <utility>

#include "exact/steps.hpp"
#include "exact/tails_integral.hpp"

namespace dsgd::exact {
namespace {

constexpr std::size_t most_breaks =
    4096;                          ///< of a quadrature, which calls the tails some dozen times for each
constexpr double most_work = 5e8;  ///< multiplications of a sum over atoms

/// Tails are constant between atoms.
Moments moments_of_atoms(FleetTails tails) {
  Steps steps{std::move(tails.breaks), {}};
  for (std::size_t i = 0; i + 1 < steps.values.size(); ++i)
    steps.tails.push_back(tails.at(steps.values[i] + (steps.values[i + 1] - steps.values[i]) / 2));
  return moments_of(steps);
}

}  // namespace

std::optional<Moments> moments_of(std::span<Group const> fleet, FleetTails tails) {
  if (!has_quick_tails(fleet, tails.rank)) return std::nullopt;
  if (has_atoms_alone(fleet)) {
    double const work = 100 * static_cast<double>(fleet.size()) + tails_work(fleet, tails.rank);
    if (static_cast<double>(tails.breaks.size()) * work > most_work) return std::nullopt;
    return moments_of_atoms(std::move(tails));
  }
  if (tails.breaks.size() > most_breaks) return std::nullopt;
  double const reach = std::max(reach_of(fleet), tails.breaks.back());
  return moments_of(TailFunction{std::move(tails.at), std::move(tails.breaks), reach, tails.tail_index});
}

}  // namespace dsgd::exact
