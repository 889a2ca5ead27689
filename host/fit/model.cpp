#include "fit/model.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "exact/exact_law.hpp"
#include "fit/closed_models.hpp"
#include "fit/density/list.hpp"
#include "fit/smooth_model.hpp"
#include "spec/parameters.hpp"
#include "text/number.hpp"

namespace dsgd::fit {
namespace {

constexpr int data_digits = 6;  ///< more than any data fix

/// As many digits more as the values lie far from 0, seen from what sets them apart.
int spec_digits(Fitted const& fitted) {
  FittedTails const tails(fitted);
  double const median = tails.at_hazard(std::log(2.0));
  double const quartiles_apart = tails.at_hazard(std::log(4.0)) - tails.at_hazard(std::log(4.0 / 3));
  double const ratio = std::clamp(median / quartiles_apart, 1.0, 1e11);
  return data_digits + static_cast<int>(std::log10(ratio));
}

template <class Density>
void add_with_and_without_shift(Models& models) {
  for (bool const has_shift : {false, true})
    models.push_back(std::make_unique<SmoothModel<Density>>(has_shift));
}

}  // namespace

FittedTails::FittedTails(Fitted const& fitted) : law_(ExactLaw(fitted.law).get()), shift_(fitted.shift) {}

double FittedTails::cumulative_hazard(double x) const { return exact::cumulative_hazard(law_, x - shift_); }

double FittedTails::at_hazard(double hazard) const {
  return shift_ + std::visit(
                      [hazard]<class L>(L const& law) {
                        if constexpr (exact::Continuous<L>)
                          return law.at_hazard(hazard);
                        else
                          return law.mean();  // laws with atoms are not fitted
                      },
                      law_);
}

Models all_models() {
  Models models;
  models.push_back(std::make_unique<ExponentialModel>(false));
  models.push_back(std::make_unique<ExponentialModel>(true));
  add_with_and_without_shift<ParetoDensity>(models);
  add_with_and_without_shift<WeibullDensity>(models);
  add_with_and_without_shift<LognormalDensity>(models);
  add_with_and_without_shift<LogLogisticDensity>(models);
  add_with_and_without_shift<GammaDensity>(models);
  models.push_back(std::make_unique<UniformModel>());
  add_with_and_without_shift<HyperexponentialDensity>(models);
  return models;
}

double least_distance(Sample const& sample, bool bounded) {
  double const rounding = sample.resolution / 2;
  return bounded ? rounding : std::max(rounding, sample.lower_spread() / sample.count());
}

std::vector<FittedParameter> values_of(Fitted const& fitted) {
  std::vector<FittedParameter> values;
  std::visit(
      [&]<class L>(L const& law) {
        for_each_parameter<L>([&](auto const& parameter) {
          if (parameter.presence == Presence::implied) return;  // the shift that is fitted beside the law
          if constexpr (std::is_same_v<std::decay_t<decltype(law.*parameter.value)>, double>)
            values.push_back({std::string(parameter.key), law.*parameter.value, std::nullopt});
        });
      },
      fitted.law);
  if (fitted.shift > 0) values.push_back({"shift", fitted.shift, std::nullopt});
  return values;
}

Law law_with_shift(Fitted const& fitted) {
  Law law = fitted.law;
  std::visit([&](auto& own) { own.shift += fitted.shift; }, law);
  return law;
}

std::string name_of(Fitted const& fitted) {
  std::string const law(std::visit([]<class L>(L const&) { return L::name; }, fitted.law));
  return law + (fitted.shift > 0 ? " + shift" : "");
}

std::string spec_of(Fitted const& fitted) {
  int const digits = spec_digits(fitted);
  std::string spec(std::visit([]<class L>(L const&) { return L::name; }, fitted.law));
  for (FittedParameter const& parameter : values_of(fitted))
    spec += ":" + parameter.key + "=" + shortest(round_to_digits(parameter.value, digits));
  return spec;
}

}  // namespace dsgd::fit
