/// Models that are fitted to values: a law, with or without a shift.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/law/list.hpp"
#include "exact/law/list.hpp"
#include "fit/maximise.hpp"
#include "fit/sample.hpp"

namespace dsgd::fit {

struct Interval {
  double low, high;
};

/// A parameter of a fitted law.
struct FittedParameter {
  std::string key;  ///< as in specs
  double value;
  std::optional<Interval> interval;  ///< 95 %; absent where none is known to hold
};

struct Fitted {
  Law law;
  double shift = 0;         ///< time units, >= 0; added to what the law draws
  double log_likelihood;    ///< of all values, of densities per time unit
  unsigned free = 0;        ///< number of fitted parameters, the shift among them
  Coordinates coordinates;  ///< where the maximum is; empty for closed forms

  /// Akaike's information criterion: the smaller, the better.
  double aic() const { return 2.0 * free - 2.0 * log_likelihood; }
};

/// What tells how probable a fitted law calls its values.
class FittedTails {
 public:
  explicit FittedTails(Fitted const& fitted);

  /// H(x) = -log P(X > x)
  double cumulative_hazard(double x) const;

  /// The value with that cumulative hazard, time units.
  double at_hazard(double hazard) const;

 private:
  exact::Law law_;
  double shift_;
};

class Model {
 public:
  virtual ~Model() = default;

  virtual std::string_view law_name() const = 0;
  virtual bool has_shift() const = 0;

  /// Maximum likelihood.
  /// @param near  a fit to similar values, at which a search begins; may be null
  /// @return      nothing where the values have no density under the law, as 0 has under many
  virtual std::optional<Fitted> fit(Sample const& sample, Fitted const* near = nullptr) const = 0;

  /// The parameters, in the order of specs, with their 95 % intervals.
  /// @param fitted  what fit() returned for the same sample
  virtual std::vector<FittedParameter> parameters(Sample const& sample, Fitted const& fitted) const = 0;
};

using Models = std::vector<std::unique_ptr<Model const>>;

/// All of them, in the order of the list of laws.
Models all_models();

/// How near to the smallest value a shift may come, time units. Rounding may have moved the smallest value by
/// half the resolution. Densities without a bound at their lower end would have an infinite likelihood at
/// shift = smallest: they keep half the mean gap of the lower half of the values besides.
/// @param bounded  false for such densities
double least_distance(Sample const& sample, bool bounded);

/// The law with what is fitted beside it.
Law law_with_shift(Fitted const& fitted);

/// "gamma + shift"
std::string name_of(Fitted const& fitted);

/// The parameters' keys and values.
std::vector<FittedParameter> values_of(Fitted const& fitted);

/// The law as a spec that --law takes. Numbers have six digits of what sets the values apart.
std::string spec_of(Fitted const& fitted);

}  // namespace dsgd::fit
