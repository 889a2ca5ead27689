#include "exact/race/point.hpp"

#include <algorithm>
#include <cmath>

#include "dsgd/race/step.hpp"
#include "exact/race/times.hpp"

namespace dsgd {
namespace {

using exact::UpdateOfMoments;

double squared(double x) { return x * x; }

/// Local SGD: the mean of the models at a meeting.
std::optional<ExactRace> of_rounds(RacePoint const& point, std::uint32_t steps) {
  ExactRace known;
  known.updates_at_once = steps;
  for (RaceRound const& round : race_rounds(point.model, point.learning_rate, point.workers(), steps)) {
    if (round.offset != 0) return std::nullopt;
    known.updates.push_back(UpdateOfMoments::fresh(squared(round.factor), squared(round.noise)));
  }
  return known;
}

/// What updates do whose gradients are all of the newest model.
ExactRace of_fresh_gradients(RacePoint const& point) {
  ExactRace known;
  double const noise =
      squared(noise_of_update(point.model.noise, point.learning_rate, race_gradients(point)));
  for (double const curvature : point.model.curvatures)
    known.updates.push_back(UpdateOfMoments::fresh(squared(1 - point.learning_rate * curvature), noise));
  return known;
}

ExactRace of_stored_models(RacePoint const& point, std::uint64_t gradients) {
  ExactRace known;
  double const noise = squared(point.learning_rate * point.model.noise);
  for (double const curvature : point.model.curvatures)
    known.updates.push_back(
        UpdateOfMoments::stored(point.learning_rate * curvature, noise, point.workers(), gradients));
  return known;
}

/// The stages in which the first `count` of the workers arrive.
std::vector<double> stages(RacePoint const& point, std::uint64_t count, bool all_go_on) {
  if (!point.fleet.equal() || !memoryless(point.fleet.law())) return {};
  if (meets(point.strategy) && point.communication > 0) return {};
  auto const* const law = std::get_if<Exponential>(&point.fleet.law());
  if (law == nullptr) return {};
  double const rate = law->rate / scale(point.strategy, point.workers());
  std::vector<double> rates;
  for (std::uint64_t i = 0; i < count; ++i)
    rates.push_back(rate * static_cast<double>(point.workers() - (all_go_on ? 0 : i)));
  return rates;
}

/// Does every worker's loss enter every update as much as the others'?
bool all_enter(RacePoint const& point, Runtime const& form) {
  bool const all_are_waited_for = std::visit(
      [&](auto const& of) {
        if constexpr (requires { of.rank; }) return of.rank == point.workers();
        return false;
      },
      form);
  return takes_all_data(point.strategy) || all_are_waited_for;
}

std::optional<ExactRace> of_clocks(RacePoint const& point, Clocks const& clocks) {
  bool const all_restart = dsgd::all_restart(clocks.rule);
  ExactRace known;
  if (all_restart) {
    known = of_fresh_gradients(point);
  } else {
    bool const is_async = std::holds_alternative<clock_rule::Arrivals>(clocks.rule) && clocks.gradients == 1;
    bool const is_k_async = std::holds_alternative<clock_rule::Workers>(clocks.rule);
    if (!is_async && !is_k_async) return std::nullopt;
    if (!point.fleet.equal() || !memoryless(point.fleet.law())) return std::nullopt;
    known = of_stored_models(point, clocks.gradients);
  }
  known.rates = stages(point, clocks.gradients, all_restart);
  return known;
}

}  // namespace

std::optional<ExactRace> exact_race(RacePoint const& point) {
  Runtime const form = race_form(point);
  if (auto const* const sum = std::get_if<SlowestSum>(&form)) {
    std::optional<ExactRace> known = of_rounds(point, sum->steps);
    if (known && sum->steps == 1 && communication(point.strategy) == 0)
      known->rates = stages(point, point.workers(), false);
    return known;
  }
  if (!point.model.is_common() && !all_enter(point, form)) return std::nullopt;
  if (auto const* const clocks = std::get_if<Clocks>(&form)) return of_clocks(point, *clocks);
  // How many gradients a deadline lets in differs from update to update.
  if (std::holds_alternative<Deadlined>(form) && !all_enter(point, form)) return std::nullopt;
  ExactRace known = of_fresh_gradients(point);
  if (auto const* const statistic = std::get_if<OrderStatistic>(&form))
    known.rates = stages(point, statistic->rank, false);
  return known;
}

double exact_error_after(ExactRace const& exact, Quadratic const& model, std::uint64_t updates) {
  double error = 0;
  for (std::size_t j = 0; j < model.curvatures.size(); ++j)
    error += model.curvatures[j] / 2 *
             exact::error_after(exact.updates[j], model.start, updates / exact.updates_at_once);
  return error;
}

std::optional<std::vector<double>> exact_errors_at(ExactRace const& exact, Quadratic const& model,
                                                   std::span<double const> times) {
  if (exact.rates.empty()) return std::nullopt;
  std::vector<double> errors(times.size(), 0.0);
  for (std::size_t j = 0; j < model.curvatures.size(); ++j) {
    std::optional<std::vector<double>> const squares =
        exact::errors_at(exact.updates[j], model.start, exact.rates, times);
    if (!squares) return std::nullopt;
    for (std::size_t i = 0; i < times.size(); ++i) errors[i] += model.curvatures[j] / 2 * (*squares)[i];
  }
  return errors;
}

double exact_growth(ExactRace const& exact) {
  double largest = 0;
  for (UpdateOfMoments const& update : exact.updates) largest = std::max(largest, update.growth());
  return largest;
}

}  // namespace dsgd
