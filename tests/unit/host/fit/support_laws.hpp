/// Laws that the tests of fits draw from.
#pragma once

#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "exact/exact_law.hpp"
#include "fit/bootstrap.hpp"
#include "fit/model.hpp"

namespace dsgd::fit {

inline std::unique_ptr<Model const> model_of(std::string_view name, bool has_shift) {
  for (auto& model : all_models())
    if (model->law_name() == name && model->has_shift() == has_shift)
      return std::unique_ptr<Model const>(std::move(const_cast<std::unique_ptr<Model const>&>(model)));
  throw std::logic_error("no such model: " + std::string(name));
}

struct TrueLaw {
  std::string_view name;
  Fitted fitted;
  std::size_t count = 300;  ///< values that its intervals need

  std::unique_ptr<Model const> model() const {
    return model_of(name, fitted.shift > 0 || name == ShiftedExponential::name);
  }

  double log_density(double value) const {
    ExactLaw const exact(fitted.law);
    return std::visit(
        [&]<class L>(L const& law) {
          if constexpr (exact::Continuous<L>) return std::log(law.density(value - fitted.shift));
          return 0.0;
        },
        exact.get());
  }
};

inline Fitted shifted(Law law, double shift) { return {std::move(law), shift, 0, 0, {}}; }

/// One of each model, with shapes on both sides of where shifts are regular.
inline std::vector<TrueLaw> true_laws() {
  return {
      {"exponential", shifted(Exponential{2}, 0)},
      {"shifted-exponential", shifted(ShiftedExponential{1, 2}, 0)},
      {"pareto", shifted(Pareto{2, 3}, 0)},
      {"weibull", shifted(Weibull{3, 1.5}, 0)},
      {"lognormal", shifted(Lognormal{1, 0.5}, 0)},
      {"log-logistic", shifted(LogLogistic{3, 4}, 0)},
      {"gamma", shifted(Gamma{3, 2}, 0)},
      {"uniform", shifted(Uniform{1, 4}, 0)},
      {"hyperexponential", shifted(Hyperexponential{0.6, 5, 0.5}, 0), 1000},
      {"weibull", shifted(Weibull{3, 3.2}, 5), 2000},
      {"lognormal", shifted(Lognormal{1, 0.5}, 5), 1000},
      {"log-logistic", shifted(LogLogistic{3, 5}, 9), 2000},
      {"gamma", shifted(Gamma{4, 2}, 5), 2000},
      {"pareto", shifted(Pareto{2, 3}, 5), 1000},
  };
}

/// @param set  number of the data set: its draws differ from those of others
inline Sample draw_from(TrueLaw const& truth, std::size_t count, std::uint64_t set) {
  Sample const like{std::vector<double>(count, 1.0), 0};
  return draw_sample(FittedTails(truth.fitted), like, {99, 1}, set);
}

}  // namespace dsgd::fit
